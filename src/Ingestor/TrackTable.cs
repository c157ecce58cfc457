using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor;

/// <summary>The tracks of a replay by symbol and source.</summary>
sealed class TrackTable
{
    readonly Dictionary<(string Symbol, string Source), SourceTrack> _tracks = [];
    readonly List<SourceTrack> _inOrderOfArrival = [];

    /// <summary>Starts with the tracks of an earlier run.</summary>
    public TrackTable(IReadOnlyCollection<IngestPosition> positions)
    {
        foreach (var position in positions) Add(position.Symbol, position.Source, position.Sequence);
    }

    /// <summary>The track, added when it is new.</summary>
    public SourceTrack GetOrAdd(string symbol, string source) =>
        _tracks.TryGetValue((symbol, source), out var track) ? track : Add(symbol, source, resumeAfterSequence: 0);

    /// <summary>The track, if there is one.</summary>
    public SourceTrack? Find(string symbol, string source) => _tracks.GetValueOrDefault((symbol, source));

    /// <summary>Tells the sink how far each track with news is.</summary>
    public void WritePositions(IMarketSink sink)
    {
        foreach (var track in _inOrderOfArrival)
        {
            if (!track.HasNews) continue;
            track.HasNews = false;
            sink.Position(new IngestPosition(track.Source, track.Symbol, track.LastEventUs, track.LastSequence));
        }
    }

    SourceTrack Add(string symbol, string source, long resumeAfterSequence)
    {
        var track = new SourceTrack(symbol, source, resumeAfterSequence);
        _tracks[(symbol, source)] = track;
        _inOrderOfArrival.Add(track);
        return track;
    }
}

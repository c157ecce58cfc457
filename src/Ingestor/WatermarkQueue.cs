namespace Kafka.Stock.Ingestor;

/// <summary>Watermarks that are due once the merge has passed their time, in order of time, symbol and source.</summary>
/// <param name="stepUs">Watermarks lie on multiples of this.</param>
sealed class WatermarkQueue(long stepUs)
{
    readonly PriorityQueue<SourceTrack, Place> _due = new(Place.Order);

    /// <summary>After a trade: the end of its step is due.</summary>
    public void AddAfter(SourceTrack track, long tradeUs) => Add(track, tradeUs - (tradeUs % stepUs) + stepUs);

    /// <summary>At the end of a file of bars: the end of the last one, rounded up to a step, is due.</summary>
    public void AddAtEnd(SourceTrack track) => Add(track, (track.LastEventUs + stepUs - 1) / stepUs * stepUs);

    /// <summary>Takes the first watermark that is due when the merge is at a time: events at that time come after it.</summary>
    public bool TryTake(long mergeTimeUs, out SourceTrack track, out long timeUs)
    {
        while (_due.TryPeek(out track!, out var place) && place.TimeUs <= mergeTimeUs)
        {
            _due.Dequeue();
            timeUs = place.TimeUs;
            if (timeUs <= track.LastWatermarkUs) continue;
            track.LastWatermarkUs = timeUs;
            return true;
        }

        timeUs = 0;
        return false;
    }

    void Add(SourceTrack track, long timeUs)
    {
        if (timeUs <= track.DueWatermarkUs) return;
        track.DueWatermarkUs = timeUs;
        _due.Enqueue(track, new Place(timeUs, track.Symbol, track.Source));
    }

    readonly record struct Place(long TimeUs, string Symbol, string Source)
    {
        public static IComparer<Place> Order { get; } = Comparer<Place>.Create(static (left, right) =>
        {
            var byTime = left.TimeUs.CompareTo(right.TimeUs);
            if (byTime != 0) return byTime;
            var bySymbol = string.CompareOrdinal(left.Symbol, right.Symbol);
            return bySymbol != 0 ? bySymbol : string.CompareOrdinal(left.Source, right.Source);
        });
    }
}

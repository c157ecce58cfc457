using Kafka.Stock.Contracts;

namespace Kafka.Stock.Ingestor.Tests;

/// <summary>What every replay owes, whatever its files hold.</summary>
static class Replayed
{
    public static (string Symbol, string Source) TrackOf(object record) => record switch
    {
        Tick tick => (tick.Symbol, tick.Source),
        SourceBar bar => (bar.Symbol, bar.Source),
        Watermark mark => (mark.Symbol, mark.Source),
        CorporateAction action => (action.Symbol, action.Source),
        _ => throw new ArgumentException("expected a market record", nameof(record)),
    };

    public static long SequenceOf(object record) => record switch
    {
        Tick tick => tick.Sequence,
        SourceBar bar => bar.Sequence,
        Watermark mark => mark.Sequence,
        CorporateAction action => action.Sequence,
        _ => throw new ArgumentException("expected a market record", nameof(record)),
    };

    public static long TimeOf(object record) => record switch
    {
        Tick tick => tick.EventTimeUs,
        SourceBar bar => bar.EndUs,
        Watermark mark => mark.TimeUs,
        CorporateAction action => action.EffectiveUs,
        _ => throw new ArgumentException("expected a market record", nameof(record)),
    };

    /// <summary>Sequence numbers and times rise by track; a watermark has all before it in front of it and the rest behind; ticks are
    /// all closed.</summary>
    public static void AssertRules(MemorySink sink)
    {
        foreach (var track in sink.Records.GroupBy(TrackOf))
        {
            var last = (Sequence: 0L, TimeUs: long.MinValue, WatermarkUs: long.MinValue, TickUs: long.MinValue);
            foreach (var record in track)
            {
                var (sequence, timeUs) = (SequenceOf(record), TimeOf(record));
                Assert.True(sequence > last.Sequence, $"{track.Key}: number {sequence} after {last.Sequence}");
                Assert.True(timeUs >= last.TimeUs, $"{track.Key}: time {timeUs} after {last.TimeUs}");
                Assert.True(record is not Tick
                    || timeUs >= last.WatermarkUs, $"{track.Key}: a tick at {timeUs} after watermark {last.WatermarkUs}");
                Assert.True(record is not Watermark || timeUs > last.WatermarkUs, $"{track.Key}: watermark {timeUs} twice or back");
                if (record is Watermark) last.WatermarkUs = timeUs;
                if (record is Tick) last.TickUs = timeUs;
                (last.Sequence, last.TimeUs) = (sequence, timeUs);
            }

            Assert.True(last.WatermarkUs > last.TickUs && last.WatermarkUs != long.MinValue, $"{track.Key}: not closed");
        }
    }
}

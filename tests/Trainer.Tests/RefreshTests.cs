using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Trainer.Tests;

/// <summary>Forecasts within a session: the day so far as if it ended now, with a wider interval, learnt from by nobody.</summary>
public sealed class RefreshTests
{
    const long HourUs = 3_600_000_000;
    static readonly IReadOnlyList<MicroBatch> s_batches = FoldUnderTest.BatchesOf(SampleBars.RandomWalk(5, 420));

    static MicroBatch Refresh(MicroBatch session, double remainingShare) => new()
    {
        Series = session.Series,
        BarEndUs = session.BarEndUs - (long)(6.5 * HourUs * remainingShare),
        TargetTimeUs = session.TargetTimeUs,
        Close = session.Close * 1.001,
        Scale = session.Scale,
        RangeVolatility = session.RangeVolatility,
        VolatilityInputs = session.VolatilityInputs,
        Features = session.Features,
        Fingerprint = session.Fingerprint,
        Provisional = true,
        RemainingShare = remainingShare,
    };

    static IEnumerable<MicroBatch> WithRefreshes(IEnumerable<MicroBatch> batches) => batches.SelectMany(
        batch => new[] { Refresh(batch, 0.75), Refresh(batch, 0.5), Refresh(batch, 0.25), batch });

    [Fact]
    public void Refreshes_change_no_forecast_and_no_score_of_the_sessions()
    {
        var without = new FoldUnderTest().Feed(s_batches);
        var with = new FoldUnderTest().Feed(WithRefreshes(s_batches));
        Assert.Equal(3 * s_batches.Count, with.Log.Of<Forecast>().Count(forecast => forecast.Provisional));
        Assert.Equal(Bodies(without, refreshes: false), Bodies(with, refreshes: false));
    }

    [Fact]
    public void Each_refresh_is_scored_once_and_apart_when_the_next_session_closes()
    {
        var log = new FoldUnderTest().Feed(WithRefreshes(s_batches)).Log;
        var scores = log.Of<Score>().Where(score => score.Provisional).ToList();
        Assert.Equal(3 * (s_batches.Count - 2), scores.Count); // those before the first close of a warm-up have no label
        Assert.Equal(Enumerable.Range(1, scores.Count).Select(number => (long)number), scores.Select(score => score.Count));
        var forecasts = log.Of<Forecast>().Where(forecast => forecast.Provisional).ToDictionary(forecast => forecast.MadeAtUs);
        foreach (var score in scores)
        {
            var forecast = forecasts[score.MadeAtUs];
            Assert.Equal(forecast.TargetTimeUs, score.TargetEndUs);
            Assert.Equal(Math.Log(score.ActualClose / forecast.LastClose), score.ActualReturn, 12);
            var (said, hit) = (forecast.Strategies[^1].Intervals[1], score.Strategies[^1].Intervals[1].Hit);
            Assert.Equal(said.Lower <= score.ActualClose && score.ActualClose <= said.Upper, hit);
        }

        Assert.InRange(scores[^1].Strategies[^1].Intervals[1].Coverage, 0.5, 1.0);
    }

    [Fact]
    public void The_interval_is_wider_the_more_of_the_session_is_to_come()
    {
        var fold = new FoldUnderTest().Feed(s_batches.Take(300));
        fold.Log.Clear();
        fold.Feed([Refresh(s_batches[300], 0.75), Refresh(s_batches[300], 0.25), Refresh(s_batches[300], 0)]);
        var scales = fold.Log.Of<Forecast>().Select(forecast => forecast.Scale).ToList();
        Assert.Equal(Math.Sqrt(1 + (0.75 * 0.75)), scales[0] / scales[2], 12);
        Assert.Equal(Math.Sqrt(1 + (0.75 * 0.25)), scales[1] / scales[2], 12);
    }

    [Fact]
    public void A_repeated_refresh_is_taken_once()
    {
        var fold = new FoldUnderTest().Feed(s_batches.Take(100));
        var refresh = Refresh(s_batches[100], 0.5);
        fold.Feed([refresh, refresh]);
        Assert.Equal(1, fold.Log.Output.Counted(FoldEvent.Duplicate));
        Assert.Equal(1, fold.Log.Of<Forecast>().Count(forecast => forecast.Provisional));
    }

    [Theory, InlineData(-0.1), InlineData(1.5)]
    public void A_share_that_is_none_is_refused(double share)
    {
        var refresh = Refresh(s_batches[100], 0.5);
        refresh.RemainingShare = share;
        Assert.Throws<RecordDefectException>(() => new FoldUnderTest().Feed([refresh]));
    }

    [Fact]
    public void A_restart_with_refreshes_waiting_changes_nothing()
    {
        var all = WithRefreshes(s_batches).ToList();
        var end = new FoldUnderTest().Feed(all).Snapshot();
        foreach (var cut in (int[])[5, 801, 803])
        {
            var before = new FoldUnderTest().Feed(all.Take(cut)).Snapshot();
            var restored = new FoldUnderTest().Feed(all.Take(1));
            var reader = new StateReader(before);
            restored.State.Read(ref reader);
            Assert.Equal(before, restored.Snapshot());
            Assert.Equal(end, restored.Feed(all.Skip(cut)).Snapshot());
        }
    }

    [Fact]
    public void Of_a_feed_with_too_many_refreshes_the_oldest_go_unscored()
    {
        var fold = new FoldUnderTest().Feed(s_batches.Take(100));
        var session = s_batches[100];
        var many = Enumerable.Range(1, 1_500).Select(i => Refresh(session, 0.9 - (i * 0.0005)));
        fold.Feed(many).Feed([session, s_batches[101]]);
        Assert.Equal(1_024, fold.Log.Of<Score>().Count(score => score.Provisional));
    }

    static List<string> Bodies(FoldUnderTest fold, bool refreshes) =>
    [
        .. fold.Log.Of<Forecast>().Where(item => item.Provisional == refreshes).Select(Hex),
        .. fold.Log.Of<Score>().Where(item => item.Provisional == refreshes).Select(Hex),
    ];

    static string Hex<TRecord>(TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        AvroBody.Write(record, output);
        return Convert.ToHexString(output.WrittenSpan);
    }
}

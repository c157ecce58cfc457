using System.Globalization;
using System.IO.Compression;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.EndToEnd.Tests.Support;
using Kafka.Stock.Ingestor;
using Kafka.Stock.TestKit;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>Real minutes and real trades after years of daily bars under the same name: one label a session, a refresh a bar. What is
/// expected is counted from the files, by other code.</summary>
public sealed class SessionTargetTests
{
    const long MinuteUs = 60_000_000;
    static readonly UsEquitiesCalendar s_calendar = UsEquitiesCalendar.Instance;

    [SkippableTheory]
    [InlineData("minute", "AIG", "04 07 08 09 10 11")]
    [InlineData("minute", "SPY", "04 07 08 09 10 11")]
    [InlineData("ticks", "AIG", "07 08 09 10 11")]
    [InlineData("ticks", "BAC", "07 08 09 10 11")]
    public async Task Intraday_days_after_daily_bars_give_one_label_a_session_and_a_refresh_a_bar(string folder, string symbol, string days)
    {
        var ending = folder == "ticks" ? "csv.gz" : "csv";
        string[] files = [.. days.Split(' ').Select(day => SharedFiles.PathTo($"data/{folder}/{symbol}_2013-10-{day}.{ending}"))];
        var run = await RunAsync(symbol, DayOf(files[0]), files, []);

        var learnt = run.Of<MicroBatch>().Where(batch => !batch.Provisional && batch.BarEndUs > Open(DayOf(files[0])).OpenUs).ToList();
        Assert.Equal(files.Select(file => Open(DayOf(file)).CloseUs), learnt.Select(batch => batch.BarEndUs));
        Assert.All(learnt, batch => Assert.Equal(4, batch.Rows.Count));
        Assert.Equal(learnt.Count, learnt.Select(batch => batch.Rows[^1].BarEndUs).Distinct().Count());
        for (var i = 1; i < learnt.Count; i++) Assert.Equal(learnt[i - 1].BarEndUs, learnt[i].Rows[^1].BarEndUs);

        var expected = files.SelectMany(file => MinutesBeforeTheClose(file)).ToList();
        Assert.True(expected.Count > 380 * files.Length, $"{expected.Count} minutes");
        Assert.Equal(expected, run.Of<MicroBatch>().Where(batch => batch.Provisional).Select(batch => batch.BarEndUs));
        var refreshed = run.Of<Forecast>().Where(forecast => forecast.Provisional).ToList();
        Assert.Equal(expected, refreshed.Select(forecast => forecast.MadeAtUs));
        Assert.All(refreshed, forecast => Assert.Equal(NextCloseUs(forecast.MadeAtUs), forecast.TargetTimeUs));

        // The forecasts for all days but the last are scored once their close is known: the day's own, and its refreshes apart.
        var scored = run.Of<Score>().Count(score => score.Provisional);
        Assert.Equal(files[..^1].Sum(file => MinutesBeforeTheClose(file).Count()), scored);
        Assert.Equal(run.Of<Forecast>().Count(forecast => !forecast.Provisional) - 1, run.Of<Score>().Count(score => !score.Provisional));
        Assert.Equal(SeriesOf(run), [symbol + "/1d/csv"]);
    }

    /// <summary>A session built of minutes is nearly the source's own daily bar: its close is the last trade, large prints come
    /// late.</summary>
    [SkippableFact]
    public async Task Sessions_built_of_minutes_are_close_to_the_sources_own_daily_bars()
    {
        string[] days = ["04", "07", "08", "09", "10", "11"];
        string[] files = [.. days.Select(day => SharedFiles.PathTo($"data/minute/IBM_2013-10-{day}.csv"))];
        var run = await RunAsync("IBM", DayOf(files[0]), files, []);
        var daily = File.ReadLines(SharedFiles.PathTo("data/daily_raw/IBM.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(fields => Day(fields[0]));
        foreach (var bar in run.Of<Bar>().Where(bar => bar.Series.Interval == "1d").TakeLast(files.Length))
        {
            var own = daily[s_calendar.TradingDay(bar.StartUs)];
            Assert.Equal(Number(own[1]), bar.Open.ToDouble(), 0.002 * Number(own[1]));
            Assert.Equal(Number(own[4]), bar.Close.ToDouble(), 0.002 * Number(own[4]));
            Assert.InRange(bar.High.ToDouble(), 0.995 * Number(own[2]), 1.005 * Number(own[2]));
            Assert.InRange(bar.Low.ToDouble(), 0.995 * Number(own[3]), 1.005 * Number(own[3]));
        }
    }

    /// <summary>
    /// AAPL at 647 dollars on Friday and at 93 on Monday: with its split told, the label over the weekend is a day's return.
    /// </summary>
    [SkippableFact]
    public async Task The_label_across_Apples_split_of_2014_is_a_days_return()
    {
        string[] files = [.. new[] { "05", "06", "09" }.Select(day => SharedFiles.PathTo($"data/minute/AAPL_2014-06-{day}.csv"))];
        string[] splits = ["2000-06-21,AAPL,split,2,1,,", "2005-02-28,AAPL,split,2,1,,", "2014-06-09,AAPL,split,7,1,,"];
        var run = await RunAsync("AAPL", DayOf(files[0]), files, splits);
        var mondayOpenUs = Open(DayOf(files[2])).OpenUs;
        var monday = run.Of<MicroBatch>()[^1];
        Assert.False(monday.Provisional);
        Assert.InRange(monday.Close, 90, 96);
        Assert.InRange(monday.Rows[^1].TargetReturn, 0.005, 0.03);
        Assert.InRange(monday.Rows[^1].Close, 90, 96);
        Assert.All(
            run.Of<MicroBatch>().Where(batch => batch.BarEndUs > mondayOpenUs),
            batch => Assert.InRange(batch.Features[0], -1f, 3f)); // Monday's return so far, not a fall by six sevenths
        var refreshed = run.Of<Forecast>().Where(forecast => forecast.Provisional && forecast.MadeAtUs > mondayOpenUs).ToList();
        Assert.True(refreshed.Count > 380);
        Assert.All(refreshed, forecast => Assert.InRange(forecast.Strategies[^1].PredictedClose, 88, 98));
    }

    /// <summary>Through the Ingestor, Topology and Trainer as plain composition.</summary>
    static async Task<RecordedLog> RunAsync(string symbol, DateOnly firstDay, string[] files, string[] splits)
    {
        using var scratch = new Scratch();
        var daily = File.ReadLines(SharedFiles.PathTo($"data/daily_raw/{symbol}.csv")).ToList();
        File.WriteAllLines(
            Path.Combine(scratch.Folder, symbol + ".csv"), [daily[0], .. daily.Skip(1).Where(line => Day(line[..10]) < firstDay)]);
        foreach (var file in files) File.Copy(file, Path.Combine(scratch.Folder, Path.GetFileName(file)));
        if (splits.Length > 0)
        {
            File.WriteAllLines(
                Path.Combine(scratch.Folder, "corporate-actions.csv"), ["date,symbol,kind,numerator,denominator,amount,close", .. splits]);
        }

        var sink = new MemorySink();
        await new FileReplay(new FileReplayOptions { Paths = [scratch.Folder] }, TimeProvider.System)
            .RunAsync(sink, [], CancellationToken.None);
        var log = new RecordedLog();
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
        var batches = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            Forward(log, topic, record);
            if (topic == StockTopics.MicroBatches) trainer.Apply(record, log.Output);
        });
        var options = new TopologyOptions { Target = TargetKind.NextSessionClose };
        var topology = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(options));
        var market = new EncodingOutput((Topic _, in LogRecord record) => topology.Apply(record, batches));
        foreach (var record in sink.Records) Backtest.Publish(market, record);
        return log;
    }

    static void Forward(RecordedLog log, Topic topic, in LogRecord record)
    {
        if (record.SchemaName == Bar.SchemaName) Forward<Bar>(log, topic, record);
        else if (record.SchemaName == MicroBatch.SchemaName) Forward<MicroBatch>(log, topic, record);
    }

    static void Forward<TRecord>(RecordedLog log, Topic topic, in LogRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        TRecord? value = default;
        AvroBody.Read(record.Body, new NamePool(), ref value);
        log.Output.Publish(topic, "-", value!);
    }

    static IEnumerable<string> SeriesOf(RecordedLog run) =>
        run.Of<MicroBatch>().Select(batch => batch.Series.ToString()).Distinct();

    /// <summary>Ends of the minutes with trades inside the session, but for the last minute, whose end is the close.</summary>
    static IEnumerable<long> MinutesBeforeTheClose(string file)
    {
        var session = Open(DayOf(file));
        return Lines(file).Skip(1)
            .Select(line => long.Parse(line.AsSpan(0, line.IndexOf(',', StringComparison.Ordinal)), CultureInfo.InvariantCulture) * 1_000)
            .Where(us => us >= session.OpenUs && us < session.CloseUs).Select(us => ((us / MinuteUs) + 1) * MinuteUs)
            .Where(endUs => endUs < session.CloseUs).Distinct().Order();
    }

    static IEnumerable<string> Lines(string file)
    {
        using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress)
            : File.OpenRead(file);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    static DateOnly DayOf(string file) => Day(Path.GetFileName(file).Split('_')[1][..10]);

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static TradingSession Open(DateOnly day)
    {
        Assert.True(s_calendar.TryGetSession(day, out var session));
        return session;
    }

    static long NextCloseUs(long timeUs) => s_calendar.NextSession(s_calendar.TradingDay(timeUs)).CloseUs;
}

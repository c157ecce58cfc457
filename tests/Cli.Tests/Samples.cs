using System.Buffers;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;
using Spectre.Console;

namespace Kafka.Stock.Cli.Tests;

/// <summary>Small records, and a console that writes text.</summary>
static class Samples
{
    public const long MinuteUs = 60_000_000;

    public static SeriesId Series { get; } = SeriesId.Parse("SPY/1m/iex");

    public static Bar Bar(double close, long minute = 1, string series = "SPY/1m/iex")
    {
        var price = SampleBars.Dollars(close);
        return new Bar(SeriesId.Parse(series), (minute - 1) * MinuteUs, minute * MinuteUs, price, price, price, price, 1, 1);
    }

    /// <summary>A forecast of two strategies, of which the second is served.</summary>
    public static Forecast Forecast(
        double last, double predicted, double? lower, double? upper, long minute = 1, string series = "SPY/1m/iex") => new()
        {
            Series = SeriesId.Parse(series),
            MadeAtUs = minute * MinuteUs,
            TargetTimeUs = (minute + 1) * MinuteUs,
            LastClose = last,
            Served = "online",
            Strategies =
        [
            new() { Strategy = "naive", PredictedClose = -1, Intervals = [new(0.9, -2, -1, IntervalKind.Bounded)] },
            new()
            {
                Strategy = "online",
                PredictedClose = predicted,
                Steps = 42,
                Intervals =
                [
                    new(0.8, -2, -1, IntervalKind.Bounded), new(0.9, lower, upper, IntervalKind.Bounded),
                    new(0.95, -2, -1, IntervalKind.Bounded),
                ],
            },
        ],
        };

    /// <summary>A score of two strategies, of which the second is served.</summary>
    public static Score Score(double actual, double error, bool hit, string series = "SPY/1m/iex") => new()
    {
        Series = SeriesId.Parse(series),
        ActualReturn = actual,
        Served = "online",
        Strategies =
        [
            new() { Strategy = "naive", AbsoluteError = 9, Intervals = [new(0.9, IntervalKind.Bounded, !hit, null)] },
            new()
            {
                Strategy = "online",
                AbsoluteError = error,
                Intervals = [new(0.8, IntervalKind.Bounded, !hit, null), new(0.9, IntervalKind.Bounded, hit, null)],
            },
        ],
    };

    public static byte[] BodyOf<TRecord>(in TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        var buffer = new ArrayBufferWriter<byte>();
        AvroBody.Write(record, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Takes a record into a tally as from its topic.</summary>
    public static void Add<TRecord>(this StreamTally tally, Topic topic, in TRecord record)
        where TRecord : IAvroRecord<TRecord> => tally.Add(topic.Name, TRecord.SchemaName, BodyOf(record));

    /// <summary>What is drawn, as plain text of a fixed width.</summary>
    public static string Drawn(int width, Action<IAnsiConsole> draw)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        draw(console);
        return text.ToString();
    }
}

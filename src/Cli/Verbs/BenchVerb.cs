using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock bench</c>: figures beside a reference that is measured in the same run.</summary>
static class BenchVerb
{
    public static Command Build()
    {
        var bench = new Command("bench", "Measures a part beside a reference in the same run.\n\nExample:\n  kstock bench step --json");
        bench.Add(One(
            "step",
            "One learning step (20-64-1, batch 4, Adam, clip) beside torch where python3 has it, and a scalar loop.",
            StepBench.RunAsync));
        bench.Add(One(
            "codec",
            "Decoding and encoding ticks, with a resolution plan too, beside copying their bytes, python3-avro and npm's avsc.",
            _ => Task.FromResult(CodecBench.Run())));
        bench.Add(One(
            "fold",
            "Topology and Trainer without a broker over the bundled trades, beside decoding alone.",
            FoldBench.RunAsync));
        bench.Add(One(
            "stream",
            "Consume, transform, produce through the host beside a bare client loop on the same embedded broker.",
            StreamAsync));
        bench.Add(One(
            "train",
            "Batch training, recipe default, 14 series, beside torch doing the same epochs where python3 has it.",
            TrainBench.RunAsync));
        bench.Add(One(
            "backtest",
            "A simulation of 14 symbols over ten years with monthly retrains, beside the same without.",
            cancellation => Task.FromResult(BacktestBench.Run(cancellation))));
        bench.Add(One(
            "forecast",
            "A forecast from the served model while its series learns, beside the same forecast while nothing learns.",
            _ => Task.FromResult(ForecastBench.Run())));
        bench.Add(One(
            "state",
            "Memory and snapshot bytes of many warm daily series in both folds.",
            _ => Task.FromResult(StateBench.Run())));
        var ticks = new Option<string?>("--ticks")
        {
            Description = "Files of trades that the rebuild and the scans are of; by default the bundled ones.",
            HelpName = "folder",
        };
        bench.Add(One(
            "lake",
            "Commits beside bare writes, Parquet beside DuckDB's COPY, a rebuild, opening 10,000 commits, scans beside ClickHouse.",
            (parse, cancellation) => LakeBench.RunAsync(parse.GetValue(ticks), cancellation),
            ticks));
        return bench;
    }

    static Verb One(string name, string description, Func<CancellationToken, Task<IReadOnlyList<BenchFigure>>> run) =>
        One(name, description, (_, cancellation) => run(cancellation));

    static Verb One(
        string name, string description, Func<ParseResult, CancellationToken, Task<IReadOnlyList<BenchFigure>>> run,
        params Option[] options)
    {
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var verb = Verb.Create(name, $"{description}\n\nExample:\n  kstock bench {name} --json", [], async (context, cancellation) =>
        {
            var figures = await Task.Run(() => run(context.Parse, cancellation), cancellation);
            if (context.Parse.GetValue(json))
            {
                await Console.Out.WriteLineAsync(ToJson(name, figures));
                return ExitCode.Done;
            }

            foreach (var figure in figures)
            {
                await Console.Out.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{figure.Name,-28} {figure.Value,16:N2}  {figure.Meaning}"));
            }

            return ExitCode.Done;
        });
        verb.Add(json);
        foreach (var option in options) verb.Add(option);
        return verb;
    }

    static async Task<IReadOnlyList<BenchFigure>> StreamAsync(CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync("kstock: reference settings: " + StreamBench.BaselineSettings);
        var result = await StreamBench.RunAsync();
        cancellation.ThrowIfCancellationRequested();
        return
        [
            new("host_per_second", result.HostRecordsPerSecond, "records a second through the host, at least once"),
            new("bare_per_second", result.BareRecordsPerSecond, "records a second through a bare Confluent.Kafka loop (reference)"),
            new("ratio", result.Ratio, "host over bare; at least 0.80 wanted"),
            new("host_bytes_per_record", result.HostBytesPerRecord, "managed bytes allocated a record"),
            new("bare_bytes_per_record", result.BareBytesPerRecord, "managed bytes allocated a record (reference)"),
        ];
    }

    static string ToJson(string name, IReadOnlyList<BenchFigure> figures)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("bench", name);
            foreach (var figure in figures)
            {
                if (double.IsNaN(figure.Value)) json.WriteNull(figure.Name);
                else json.WriteNumber(figure.Name, figure.Value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

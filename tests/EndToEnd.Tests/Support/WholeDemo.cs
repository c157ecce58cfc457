using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>A demo that goes on serving, of daily bars, trades and a dividend, with payloads as they were fetched beside them: records for
/// every table of a lake. Tests may publish to it.</summary>
public sealed class WholeDemo : IAsyncLifetime, IDisposable
{
    const int Bars = 700;
    readonly Scratch _scratch = new();
    readonly Lazy<Task<byte[]>> _forecasts;
    KeptDemo? _demo;

    public WholeDemo() => _forecasts = new(async () =>
    {
        (await Kstock.RunAsync("backtest", "--from-files", Data, "--forecasts", _scratch.PathTo("forecasts.out"))).Expect(0);
        return await File.ReadAllBytesAsync(_scratch.PathTo("forecasts.out"));
    });

    /// <summary>Address of its broker.</summary>
    public string Bootstrap => _demo!.Bootstrap;

    /// <summary>Its files.</summary>
    public string Data { get; private set; } = "";

    /// <summary>What a simulation of its files writes of its forecasts.</summary>
    public Task<byte[]> ForecastsAsync() => _forecasts.Value;

    public async Task InitializeAsync()
    {
        Data = Directory.CreateDirectory(_scratch.PathTo("data")).FullName;
        foreach (var file in (string[])["AAPL.csv", "IBM.csv"])
            _scratch.Write($"data/{file}", string.Join('\n', File.ReadLines(Path.Combine(Kstock.Data, file)).Take(Bars + 1)) + "\n");
        const string Trades = "iex_ticks_2019-10-30.csv.gz";
        File.Copy(Path.Combine(Kstock.Data, Trades), Path.Combine(Data, Trades));
        _scratch.Write(
            "data/corporate-actions.csv",
            "date,symbol,kind,numerator,denominator,amount,close\n2001-05-10,IBM,dividend,,,0.14,115.2\n");
        _demo = await KeptDemo.OfAsync(Data, "--retrain", "never");
        using var publisher = new RecordPublisher(new KafkaOptions { BootstrapServers = Bootstrap }, new FoldCounters("test"));
        Fetched(publisher, "AAPL", "2020-01-02", 7);
        Fetched(publisher, "IBM", "2020-01-03", 9);
        publisher.Flush();
    }

    public async Task DisposeAsync()
    {
        if (_demo is not null) await _demo.DisposeAsync();
    }

    public void Dispose() => _scratch.Dispose();

    static void Fetched(RecordPublisher publisher, string symbol, string day, int volume)
    {
        const long FetchedUs = 1_600_000_000_000_000;
        var payload = Encoding.UTF8.GetBytes(
            $$"""
            {"Time Series (Daily)": {"{{day}}": {
                "1. open": "100", "2. high": "110", "3. low": "90", "4. close": "105.25", "5. volume": "{{volume}}" } } }
            """);
        publisher.Publish(StockTopics.Raw, symbol, new RawPayload(symbol, "alphavantage", FetchedUs + volume, "application/json", payload));
    }
}

using System.Text;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>Payloads in bronze/raw become revised bars, known when they were fetched.</summary>
public sealed class PayloadTests : IDisposable
{
    const long FetchedUs = 1_600_000_000_000_000;
    readonly LakeUnderTest _lake = new();
    int _payloads;

    public void Dispose() => _lake.Dispose();

    [SkippableFact]
    public async Task Genuine_daily_json_becomes_bars_of_silver()
    {
        var bytes = await File.ReadAllBytesAsync(SharedFiles.PathTo("data/wire/alphavantage_time_series_daily_IBM.json"));
        await FetchAsync("IBM", FetchedUs, bytes);
        var report = await _lake.RebuildAsync();
        Assert.Equal((1, 0), (report.Payloads, report.UnreadPayloads));
        var rows = await RowsAsync();
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.StartsWith("IBM/1d/alphavantage revised ", row, StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Contains($" {FetchedUs} ", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_payload_fetched_last_wins_in_whatever_order_they_came()
    {
        await FetchAsync("IBM", FetchedUs + 5, Daily("101"));
        await _lake.RebuildAsync();
        await FetchAsync("IBM", FetchedUs, Daily("100"));
        var second = await _lake.RebuildAsync();
        Assert.False(second.IsFull);
        Assert.Contains(" 101.000000 ", Assert.Single(await RowsAsync()), StringComparison.Ordinal);

        await FetchAsync("IBM", FetchedUs + 9, Daily("102"));
        await _lake.RebuildAsync();
        Assert.Contains(" 102.000000 ", Assert.Single(await RowsAsync()), StringComparison.Ordinal);
        var files = await _lake.FilesAsync(LakeTables.Bars);
        await _lake.RebuildAsync(isFull: true);
        Assert.Equal(files, await _lake.FilesAsync(LakeTables.Bars));
    }

    [Fact]
    public async Task A_refusal_of_the_service_and_a_day_without_a_session_give_no_bar()
    {
        await FetchAsync("IBM", FetchedUs, Encoding.UTF8.GetBytes("{\"Note\": \"5 calls a minute\"}"));
        await FetchAsync("IBM", FetchedUs, Daily("100", day: "2020-01-04")); // a Saturday
        var report = await _lake.RebuildAsync();
        Assert.Equal((1, 1), (report.Payloads, report.UnreadPayloads));
        Assert.Empty(await RowsAsync());
    }

    static byte[] Daily(string close, string day = "2020-01-02") => Encoding.UTF8.GetBytes(
        $$"""
        {"Time Series (Daily)": {"{{day}}": {
            "1. open": "100", "2. high": "110", "3. low": "90", "4. close": "{{close}}", "5. volume": "7" } } }
        """);

    Task<string[]> RowsAsync() => _lake.RowsAsync(
        LakeTables.Bars,
        """
        SELECT concat_ws(' ', series, "view", dt, open, close, volume, epoch_us(known_at), topic) FROM TABLE ORDER BY series, "end"
        """);

    async Task FetchAsync(string symbol, long fetchedAtUs, byte[] payload)
    {
        Assert.True(UsEquitiesCalendar.Instance.TryGetSession(new DateOnly(2020, 1, 2), out _));
        await _lake.SyncAsync();
        using var raw = await BronzeTable.OpenAsync(_lake.Lake, LakeTables.Raw, default);
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        AvroBody.Write(new RawPayload(symbol, "alphavantage", fetchedAtUs, "application/json", payload), body);
        raw.Add(new LakeRecord
        {
            Topic = StockTopics.Raw.Name,
            Partition = 0,
            Offset = _payloads++,
            SchemaName = RawPayload.SchemaName,
            Key = Encoding.UTF8.GetBytes(symbol),
            Body = body.WrittenSpan,
        });
        await raw.CommitAsync(default);
    }
}

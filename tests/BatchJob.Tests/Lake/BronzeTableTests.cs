using System.Buffers;
using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>Nested records as others read them: every number with its bits.</summary>
public sealed class BronzeTableTests : IDisposable
{
    readonly LakeUnderTest _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_micro_batch_keeps_its_bits_and_its_rows()
    {
        float[] features = [-0f, float.Epsilon, 1f / 3, float.MaxValue, -1.17549435e-38f];
        var batch = new MicroBatch
        {
            Series = new SeriesId("AAPL", "1d", "csv"),
            BarEndUs = 1_000_001,
            TargetTimeUs = 2_000_002,
            Close = 0.1 + 0.2,
            Scale = 1e-4,
            VolatilityInputs = [-0.0, double.Epsilon, 0.1],
            Features = features,
            Fingerprint = long.MinValue,
        };
        batch.ResizeRows(2);
        batch.Rows[1].Features = [0.1f, -0f];
        batch.Rows[1].BarEndUs = 77;
        batch.Rows[1].TargetReturn = -1e-300;
        await TakeAsync(LakeTables.MicroBatches, StockTopics.MicroBatches, "AAPL", batch);

        var table = await _lake.Lake.OpenAsync(LakeTables.MicroBatches, default);
        using var scan = await Lakehouse.TableScan.OpenAsync(table, table.Snapshot, [], default);
        using var connection = _lake.Database.Connect();
        using var rows = connection.Query(
            $"""
            SELECT features, volatility_inputs, "rows"[2].features, epoch_us("rows"[2].bar_end), "rows"[2].target_return, close,
                fingerprint, len("rows"), month, body IS NULL, key IS NULL
            FROM {scan.Relation}
            """);
        Assert.True(rows.Read());
        Assert.Equal(Bits(features), Bits(rows[0].Elements.Values<float>()));
        Assert.Equal(
            batch.VolatilityInputs.Select(BitConverter.DoubleToInt64Bits),
            rows[1].Elements.Values<double>().ToArray().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(Bits([0.1f, -0f]), Bits(rows[2].Elements.Values<float>()));
        Assert.Equal(77, rows[3].Values<long>()[0]);
        Assert.Equal(-1e-300, rows[4].Values<double>()[0]);
        Assert.Equal(0.1 + 0.2, rows[5].Values<double>()[0]);
        Assert.Equal(long.MinValue, rows[6].Values<long>()[0]);
        Assert.Equal(2, rows[7].Values<long>()[0]);
        Assert.Matches("^[0-9]{4}-[0-9]{2}$", rows[8].Text(0));
        Assert.True(rows[9].Values<bool>()[0] && rows[10].Values<bool>()[0]);
    }

    [Fact]
    public async Task A_forecast_and_a_score_can_be_asked_by_strategy_and_level()
    {
        var forecast = new Forecast
        {
            Series = new SeriesId("AAPL", "1d", "csv"),
            MadeAtUs = 5,
            TargetTimeUs = 6,
            Served = "aggregate",
            Strategies =
            [
                new StrategyForecast
                {
                    Strategy = "naive \"x\"",
                    PredictedClose = 0.1,
                    Intervals = [new ForecastInterval(0.9, null, 1.5, IntervalKind.Unbounded)],
                },
                new StrategyForecast { Strategy = "aggregate", ModelId = new string('a', 64), Steps = 3 },
            ],
        };
        await TakeAsync(LakeTables.Forecasts, StockTopics.Forecasts, "AAPL", forecast);
        Assert.Equal(
            ["2 naive \"x\" 0.1 UNBOUNDED 1.5 true 3"],
            await _lake.RowsAsync(
                LakeTables.Forecasts,
                """
                SELECT concat_ws(
                    ' ', len(strategies), strategies[1].strategy, strategies[1].predicted_close, strategies[1].intervals[1].kind,
                    strategies[1].intervals[1].upper, strategies[1].intervals[1].lower IS NULL, strategies[2].steps) FROM TABLE
                """));

        var score = new Score
        {
            Series = new SeriesId("AAPL", "1d", "csv"),
            Strategies =
            [
                new StrategyScore { Strategy = "naive", Intervals = [new IntervalScore(0.9, IntervalKind.Bounded, true, 2.5)] },
            ],
        };
        await TakeAsync(LakeTables.Scores, StockTopics.Scores, "AAPL", score);
        Assert.Equal(
            ["true true BOUNDED 2.5"],
            await _lake.RowsAsync(
                LakeTables.Scores,
                """
                SELECT concat_ws(' ', loss IS NULL, strategies[1].intervals[1].hit, strategies[1].intervals[1].kind,
                    strategies[1].intervals[1].winkler) FROM TABLE
                """));
    }

    [Fact]
    public async Task A_promotion_among_micro_batches_keeps_its_body()
    {
        using var table = await BronzeTable.OpenAsync(_lake.Lake, LakeTables.MicroBatches, default);
        table.Add(Record(StockTopics.MicroBatches, "AAPL", "kafka.stock.ModelPromotion", [1, 2, 255]));
        await table.CommitAsync(default);
        Assert.Equal(
            ["kafka.stock.ModelPromotion 0102FF"],
            await _lake.RowsAsync(LakeTables.MicroBatches, """SELECT concat_ws(' ', "schema", hex(body)) FROM TABLE"""));
    }

    [Fact]
    public async Task Progress_is_in_the_tables_own_log()
    {
        using var first = await BronzeTable.OpenAsync(_lake.Lake, LakeTables.Raw, default);
        first.Add(Record(StockTopics.Raw, "AAPL", "kafka.stock.RawPayload", [9], partition: 3, offset: 41));
        await first.CommitAsync(default);
        using var second = await BronzeTable.OpenAsync(_lake.Lake, LakeTables.Raw, default);
        Assert.Equal(42, second.NextOffset(StockTopics.Raw.Name, 3));
        second.Add(Record(StockTopics.Raw, "AAPL", "kafka.stock.RawPayload", [9], partition: 3, offset: 41));
        Assert.Equal(0, second.WaitingRows);
    }

    [Fact]
    public async Task Of_two_syncs_at_once_one_comes_first_and_nothing_is_there_twice()
    {
        using var one = await BronzeTable.OpenAsync(_lake.Lake, LakeTables.Raw, default);
        using var other = await BronzeTable.OpenAsync(_lake.Lake, LakeTables.Raw, default);
        foreach (var table in (BronzeTable[])[one, other]) table.Add(Record(StockTopics.Raw, "AAPL", "kafka.stock.RawPayload", [9]));
        await one.CommitAsync(default);
        await Assert.ThrowsAsync<Lakehouse.ConflictException>(() => other.CommitAsync(default));
        Assert.Equal(["1"], await _lake.RowsAsync(LakeTables.Raw, "SELECT count(*)::VARCHAR FROM TABLE"));
    }

    static int[] Bits(ReadOnlySpan<float> values)
    {
        var bits = new int[values.Length];
        for (var i = 0; i < bits.Length; i++) bits[i] = BitConverter.SingleToInt32Bits(values[i]);
        return bits;
    }

    static LakeRecord Record(Topic topic, string key, string schema, ReadOnlySpan<byte> body, int partition = 0, long offset = 0) => new()
    {
        Topic = topic.Name,
        Partition = partition,
        Offset = offset,
        SchemaName = schema,
        Key = Encoding.UTF8.GetBytes(key),
        Body = body,
    };

    async Task TakeAsync<TRecord>(string path, Topic topic, string key, TRecord record)
        where TRecord : IAvroRecord<TRecord>
    {
        using var table = await BronzeTable.OpenAsync(_lake.Lake, path, default);
        var body = new ArrayBufferWriter<byte>();
        AvroBody.Write(record, body);
        table.Add(Record(topic, key, TRecord.SchemaName, body.WrittenSpan));
        await table.CommitAsync(default);
    }
}

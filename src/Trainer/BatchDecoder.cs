using Kafka.Stock.Contracts;

namespace Kafka.Stock.Trainer;

/// <summary>
/// Reads records of the micro-batch topic and refuses those that no model can learn from, and models that nobody can run.
/// </summary>
sealed class BatchDecoder(TrainerOptions options)
{
    readonly NamePool _names = new();
    readonly int _width = options.Pipeline.Width;

    public void Decode(in LogRecord record, ref TrainerMessage message)
    {
        message.Promotion = null;
        if (record.SchemaName == "kafka.stock.ModelPromotion")
        {
            ModelPromotion? promotion = null;
            AvroBody.Read(record.Body, _names, ref promotion);
            message.Promotion = PromotedModel.Read(promotion!, options, $"{StockTopics.MicroBatches}@{record.Offset}");
            return;
        }

        if (record.SchemaName != "kafka.stock.MicroBatch")
            throw Defect(record, $"a record of type {record.SchemaName}", "MicroBatch or ModelPromotion");
        var batch = message.Batch;
        AvroBody.Read(record.Body, _names, ref batch);
        message.Batch = batch;
        Check(record, batch!);
    }

    void Check(in LogRecord record, MicroBatch batch)
    {
        var pipeline = options.Pipeline;
        if (batch.Fingerprint != pipeline.Fingerprint)
        {
            throw Defect(
                record,
                $"features of fingerprint {batch.Fingerprint:x16}",
                $"{pipeline.Name}, fingerprint {pipeline.Fingerprint:x16}: start from micro-batches of this version");
        }

        if (batch.Rows.Count > options.BatchRowsMax)
        {
            throw Defect(record, $"{batch.Rows.Count} rows", $"at most {options.BatchRowsMax}");
        }

        if (batch.Provisional && (batch.Rows.Count > 0 || !(batch.RemainingShare is >= 0 and <= 1)))
        {
            throw Defect(
                record, $"a refresh with {batch.Rows.Count} rows and {batch.RemainingShare} of the session to come",
                "no rows, and a share from 0 to 1");
        }

        var valid = AreUsable(batch.Features) && IsPositive(batch.Close) && IsPositive(batch.Scale)
            && double.IsFinite(batch.RangeVolatility)
            && batch.VolatilityInputs.Length == options.Pipeline.VolatilityInputs && AreFinite(batch.VolatilityInputs);
        for (var i = 0; valid && i < batch.Rows.Count; i++)
        {
            var row = batch.Rows[i];
            valid = AreUsable(row.Features) && IsPositive(row.Close) && IsPositive(row.TargetClose) && IsPositive(row.Scale)
                && double.IsFinite(row.TargetReturn) && row.BarEndUs < batch.BarEndUs;
        }

        if (!valid)
        {
            throw Defect(
                record,
                "rows of another width, or values that aren't finite",
                $"{_width} finite features a row, finite prices and scales above 0");
        }
    }

    bool AreUsable(float[] features)
    {
        if (features.Length != _width) return false;
        foreach (var value in features)
        {
            if (!float.IsFinite(value)) return false;
        }

        return true;
    }

    static bool AreFinite(double[] values)
    {
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) return false;
        }

        return true;
    }

    static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    static RecordDefectException Defect(in LogRecord record, string found, string expected) =>
        new($"{StockTopics.MicroBatches}@{record.Offset}", found, expected);
}

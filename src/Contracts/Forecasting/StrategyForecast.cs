namespace Kafka.Stock.Contracts;

/// <summary>What one strategy says of the target.</summary>
public sealed class StrategyForecast
{
    /// <summary>The fewest bytes that one takes: four of length 1, three doubles.</summary>
    internal const int MinBytes = 4 + (3 * sizeof(double));

    /// <summary><c>naive</c>, <c>drift</c>, <c>online</c>, …</summary>
    public string Strategy { get; set; } = "";

    /// <summary>ln(predicted close) - ln(last close).</summary>
    public double PredictedReturn { get; set; }

    /// <summary>Last close times e^(predicted return), dollars.</summary>
    public double PredictedClose { get; set; }

    /// <summary>Content hash of the model that it started from, lower-case hex; empty where there is no model.</summary>
    public string ModelId { get; set; } = "";

    /// <summary>Learning steps taken since: with <see cref="ModelId"/> this is the model's version.</summary>
    public long Steps { get; set; }

    /// <summary>Weight in the aggregate; 0 without one.</summary>
    public double Weight { get; set; }

    /// <summary>One a level, in rising order of level.</summary>
    public ForecastInterval[] Intervals { get; set; } = [];

    internal void Write(ref AvroWriter writer)
    {
        writer.WriteString(Strategy);
        writer.WriteFiniteDouble(PredictedReturn);
        writer.WriteFiniteDouble(PredictedClose);
        writer.WriteLong(ModelId.Length == 0 ? 0 : 1);
        if (ModelId.Length > 0) writer.WriteSha256(ModelId);
        writer.WriteLong(Steps);
        writer.WriteFiniteDouble(Weight);
        writer.WriteBlock(Intervals.Length);
        foreach (var item in Intervals) item.Write(ref writer);
        writer.WriteBlocksEnd();
    }

    internal void Read(ref AvroReader reader, NamePool names)
    {
        Strategy = reader.ReadString(names);
        PredictedReturn = reader.ReadFiniteDouble();
        PredictedClose = reader.ReadFiniteDouble();
        ModelId = reader.ReadUnion(2) == 0 ? "" : reader.ReadSha256(ModelId);
        Steps = reader.ReadLong();
        Weight = reader.ReadFiniteDouble();
        Intervals = ReadIntervals(ref reader, Intervals);
    }

    static ForecastInterval[] ReadIntervals(ref AvroReader reader, ForecastInterval[] items)
    {
        var used = 0;
        while (reader.ReadBlock(ForecastInterval.MinBytes) is var count and > 0)
        {
            items = AvroArrays.Fit(items, used, count);
            for (var end = used + count; used < end; used++) items[used] = ForecastInterval.Read(ref reader);
        }

        return AvroArrays.Cut(items, used);
    }
}

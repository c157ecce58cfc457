namespace Kafka.Stock.Contracts;

/// <summary>How one strategy did.</summary>
public sealed class StrategyScore
{
    /// <summary>The fewest bytes that one takes: three of length 1, two doubles.</summary>
    internal const int MinBytes = 3 + (2 * sizeof(double));

    /// <summary><c>naive</c>, <c>drift</c>, <c>online</c>, …</summary>
    public string Strategy { get; set; } = "";

    /// <summary>As forecast: ln(predicted close) - ln(last close).</summary>
    public double PredictedReturn { get; set; }

    /// <summary>|actual return - predicted return|.</summary>
    public double AbsoluteError { get; set; }

    /// <summary>Cumulative sum|error| / sum|actual return| of the series; null while the denominator is 0.</summary>
    public double? Mase { get; set; }

    /// <summary>One a level, in rising order of level.</summary>
    public IntervalScore[] Intervals { get; set; } = [];

    internal void Write(ref AvroWriter writer)
    {
        writer.WriteString(Strategy);
        writer.WriteFiniteDouble(PredictedReturn);
        writer.WriteFiniteDouble(AbsoluteError);
        writer.WriteNullableDouble(Mase);
        writer.WriteBlock(Intervals.Length);
        foreach (var item in Intervals) item.Write(ref writer);
        writer.WriteBlocksEnd();
    }

    internal void Read(ref AvroReader reader, NamePool names)
    {
        Strategy = reader.ReadString(names);
        PredictedReturn = reader.ReadFiniteDouble();
        AbsoluteError = reader.ReadFiniteDouble();
        Mase = reader.ReadNullableDouble();
        Intervals = ReadIntervals(ref reader, Intervals);
    }

    static IntervalScore[] ReadIntervals(ref AvroReader reader, IntervalScore[] items)
    {
        var used = 0;
        while (reader.ReadBlock(IntervalScore.MinBytes) is var count and > 0)
        {
            items = AvroArrays.Fit(items, used, count);
            for (var end = used + count; used < end; used++) items[used] = IntervalScore.Read(ref reader);
        }

        return AvroArrays.Cut(items, used);
    }
}

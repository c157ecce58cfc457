namespace Kafka.Stock.Contracts;

/// <summary>The score of a forecast, made when its label arrived, before anybody learnt from it.</summary>
public sealed class Score : IAvroRecord<Score>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.Score";

    /// <summary>Whose forecast it was.</summary>
    public SeriesId Series { get; set; }

    /// <summary>When the forecast was made, microseconds since 1970 UTC.</summary>
    public long MadeAtUs { get; set; }

    /// <summary>End of the bar that gave the label.</summary>
    public long TargetEndUs { get; set; }

    /// <summary>Close that it was made at, dollars, rescaled by corporate actions since.</summary>
    public double LastClose { get; set; }

    /// <summary>Close that came, dollars.</summary>
    public double ActualClose { get; set; }

    /// <summary>ln(actual close) - ln(last close).</summary>
    public double ActualReturn { get; set; }

    /// <summary>Scores of the series so far, this one included.</summary>
    public long Count { get; set; }

    /// <summary>Loss of the learning step that followed; null when the step was skipped.</summary>
    public double? Loss { get; set; }

    /// <summary>Learning steps skipped so far because something wasn't finite.</summary>
    public long SkippedSteps { get; set; }

    /// <summary>The strategy that was served.</summary>
    public string Served { get; set; } = "";

    /// <summary>Epoch of the fold that made it.</summary>
    public long Epoch { get; set; }

    /// <summary>One a strategy, in the order of the strategy table.</summary>
    public StrategyScore[] Strategies { get; set; } = [];

    /// <summary>True for the score of a refresh within a session: it counts in no other.</summary>
    public bool Provisional { get; set; }

    /// <summary>Loss of the aggregate so far above that of its best expert, linearised, in units of the scale.</summary>
    public double Regret { get; set; }

    /// <summary>What <see cref="Regret"/> can't exceed by the theorem of the aggregation.</summary>
    public double RegretBound { get; set; }

    /// <inheritdoc/>
    public static void Write(in Score value, ref AvroWriter writer)
    {
        writer.WriteSeries(value.Series);
        writer.WriteLong(value.MadeAtUs);
        writer.WriteLong(value.TargetEndUs);
        writer.WriteFiniteDouble(value.LastClose);
        writer.WriteFiniteDouble(value.ActualClose);
        writer.WriteFiniteDouble(value.ActualReturn);
        writer.WriteLong(value.Count);
        writer.WriteNullableDouble(value.Loss);
        writer.WriteLong(value.SkippedSteps);
        writer.WriteString(value.Served);
        writer.WriteLong(value.Epoch);
        writer.WriteBlock(value.Strategies.Length);
        foreach (var item in value.Strategies) item.Write(ref writer);
        writer.WriteBlocksEnd();
        writer.WriteBoolean(value.Provisional);
        writer.WriteFiniteDouble(value.Regret);
        writer.WriteFiniteDouble(value.RegretBound);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref Score? value)
    {
        value ??= new Score();
        value.Series = reader.ReadSeries(names);
        value.MadeAtUs = reader.ReadLong();
        value.TargetEndUs = reader.ReadLong();
        value.LastClose = reader.ReadFiniteDouble();
        value.ActualClose = reader.ReadFiniteDouble();
        value.ActualReturn = reader.ReadFiniteDouble();
        value.Count = reader.ReadLong();
        value.Loss = reader.ReadNullableDouble();
        value.SkippedSteps = reader.ReadLong();
        value.Served = reader.ReadString(names);
        value.Epoch = reader.ReadLong();
        value.Strategies = ReadStrategies(ref reader, names, value.Strategies);
        value.Provisional = reader.ReadBoolean();
        value.Regret = reader.ReadFiniteDouble();
        value.RegretBound = reader.ReadFiniteDouble();
    }

    static StrategyScore[] ReadStrategies(ref AvroReader reader, NamePool names, StrategyScore[] items)
    {
        var used = 0;
        while (reader.ReadBlock(StrategyScore.MinBytes) is var count and > 0)
        {
            items = AvroArrays.Fit(items, used, count);
            for (var end = used + count; used < end; used++) (items[used] ??= new StrategyScore()).Read(ref reader, names);
        }

        return AvroArrays.Cut(items, used);
    }
}

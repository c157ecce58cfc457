namespace Kafka.Stock.Contracts;

/// <summary>The forecast of a series at the end of a bar: all strategies, all levels.</summary>
public sealed class Forecast : IAvroRecord<Forecast>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.Forecast";

    /// <summary>Whose forecast it is.</summary>
    public SeriesId Series { get; set; }

    /// <summary>End of the bar that it was made at, microseconds since 1970 UTC.</summary>
    public long MadeAtUs { get; set; }

    /// <summary>When its target is due by the calendar, microseconds since 1970 UTC.</summary>
    public long TargetTimeUs { get; set; }

    /// <summary>Close of the bar that it was made at, dollars.</summary>
    public double LastClose { get; set; }

    /// <summary>Scale of one bar's return that its intervals were made with.</summary>
    public double Scale { get; set; }

    /// <summary>The strategy that speaks for the system: point and interval of this one are the forecast.</summary>
    public string Served { get; set; } = "";

    /// <summary>What the drift detectors say.</summary>
    public DriftState Drift { get; set; }

    /// <summary>Fingerprint of the feature pipeline.</summary>
    public long Fingerprint { get; set; }

    /// <summary>Epoch of the fold that made it: hash of fold version, options and seed.</summary>
    public long Epoch { get; set; }

    /// <summary>One a strategy, in the order of the strategy table.</summary>
    public StrategyForecast[] Strategies { get; set; } = [];

    /// <summary>True for a refresh within a session: scored apart, never learnt from.</summary>
    public bool Provisional { get; set; }

    /// <inheritdoc/>
    public static void Write(in Forecast value, ref AvroWriter writer)
    {
        writer.WriteSeries(value.Series);
        writer.WriteLong(value.MadeAtUs);
        writer.WriteLong(value.TargetTimeUs);
        writer.WriteFiniteDouble(value.LastClose);
        writer.WriteFiniteDouble(value.Scale);
        writer.WriteString(value.Served);
        writer.WriteEnum((int)value.Drift, 2);
        writer.WriteLong(value.Fingerprint);
        writer.WriteLong(value.Epoch);
        writer.WriteBlock(value.Strategies.Length);
        foreach (var item in value.Strategies) item.Write(ref writer);
        writer.WriteBlocksEnd();
        writer.WriteBoolean(value.Provisional);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref Forecast? value)
    {
        value ??= new Forecast();
        value.Series = reader.ReadSeries(names);
        value.MadeAtUs = reader.ReadLong();
        value.TargetTimeUs = reader.ReadLong();
        value.LastClose = reader.ReadFiniteDouble();
        value.Scale = reader.ReadFiniteDouble();
        value.Served = reader.ReadString(names);
        value.Drift = (DriftState)reader.ReadEnum(2);
        value.Fingerprint = reader.ReadLong();
        value.Epoch = reader.ReadLong();
        value.Strategies = ReadStrategies(ref reader, names, value.Strategies);
        value.Provisional = reader.ReadBoolean();
    }

    static StrategyForecast[] ReadStrategies(ref AvroReader reader, NamePool names, StrategyForecast[] items)
    {
        var used = 0;
        while (reader.ReadBlock(StrategyForecast.MinBytes) is var count and > 0)
        {
            items = AvroArrays.Fit(items, used, count);
            for (var end = used + count; used < end; used++) (items[used] ??= new StrategyForecast()).Read(ref reader, names);
        }

        return AvroArrays.Cut(items, used);
    }
}

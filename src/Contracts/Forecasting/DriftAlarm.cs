namespace Kafka.Stock.Contracts;

/// <summary>A drift detector fired on the loss of a strategy.</summary>
/// <param name="Series">Whose loss.</param>
/// <param name="AtUs">End of the bar at which it fired, microseconds since 1970 UTC.</param>
/// <param name="Detector"><c>adwin</c> or <c>page-hinkley</c>.</param>
/// <param name="Strategy">Whose loss.</param>
/// <param name="Before">Mean standardised loss before the change.</param>
/// <param name="After">Mean standardised loss after it.</param>
/// <param name="Count">Losses that the detector has seen.</param>
public sealed record DriftAlarm(SeriesId Series, long AtUs, string Detector, string Strategy, double Before, double After, long Count)
    : IAvroRecord<DriftAlarm>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.DriftAlarm";

    /// <inheritdoc/>
    public static void Write(in DriftAlarm value, ref AvroWriter writer)
    {
        writer.WriteSeries(value.Series);
        writer.WriteLong(value.AtUs);
        writer.WriteString(value.Detector);
        writer.WriteString(value.Strategy);
        writer.WriteFiniteDouble(value.Before);
        writer.WriteFiniteDouble(value.After);
        writer.WriteLong(value.Count);
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref DriftAlarm? value) =>
        value = new DriftAlarm(
            reader.ReadSeries(names),
            reader.ReadLong(),
            reader.ReadString(names),
            reader.ReadString(names),
            reader.ReadFiniteDouble(),
            reader.ReadFiniteDouble(),
            reader.ReadLong());
}

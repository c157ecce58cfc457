namespace Kafka.Stock.Contracts;

/// <summary>A record that knows its Avro form: schema by name (<c>schemas/</c>), body written and read by hand-checked code.</summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IAvroRecord<TSelf>
    where TSelf : IAvroRecord<TSelf>
{
    /// <summary>Full name of the schema, for example <c>kafka.stock.Tick</c>.</summary>
    static abstract string SchemaName { get; }

    /// <summary>Writes the body.</summary>
    static abstract void Write(in TSelf value, ref AvroWriter writer);

    /// <summary>Reads a body. A class is filled in place when <paramref name="value"/> isn't null, so that reading allocates
    /// nothing.</summary>
    /// <exception cref="RecordDefectException">Truncated or hostile bytes: the offset is in <see cref="StockException.Where"/>.</exception>
    static abstract void Read(ref AvroReader reader, NamePool names, ref TSelf? value);
}

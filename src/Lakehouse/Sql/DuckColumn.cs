namespace Kafka.Stock.Lakehouse;

/// <summary>A column of a result or of a table that is loaded.</summary>
/// <param name="Name">As SQL has it; not unique in every result.</param>
/// <param name="Type">Its type.</param>
/// <param name="Storage">What lies in its vector: for a decimal SmallInt, Integer, BigInt or HugeInt, else <paramref name="Type"/>.</param>
/// <param name="Precision">Digits of a decimal, else 0.</param>
/// <param name="Scale">Decimals of a decimal, else 0.</param>
public readonly record struct DuckColumn(string Name, DuckType Type, DuckType Storage, int Precision, int Scale)
{
    internal static DuckColumn Of(string name, DuckTypeHandle type)
    {
        var id = DuckMethods.TypeId(type);
        return id != DuckType.Decimal
            ? new DuckColumn(name, id, id, 0, 0)
            : new DuckColumn(name, id, DuckMethods.DecimalStorage(type), DuckMethods.DecimalWidth(type), DuckMethods.DecimalScale(type));
    }
}

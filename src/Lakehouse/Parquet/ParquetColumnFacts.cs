namespace Kafka.Stock.Lakehouse;

/// <summary>What DuckDB says of a column that it has written.</summary>
/// <param name="NullCount">Rows without a value.</param>
/// <param name="Min">The least value as text, or not above it; null where it isn't known, as with NaN.</param>
/// <param name="Max">The greatest value as text, or not below it; null where it isn't known, as with NaN.</param>
readonly record struct ParquetColumnFacts(long NullCount, string? Min, string? Max);

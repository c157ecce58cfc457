using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Columns of the current chunk of a <see cref="MarketLog"/>'s query, in the order of its SELECT.</summary>
readonly ref struct MarketChunk(DuckResult rows)
{
    public readonly DuckVector Kind = rows[0];
    public readonly DuckVector Topic = rows[1];
    public readonly ReadOnlySpan<int> Partition = rows[2].Values<int>();
    public readonly ReadOnlySpan<long> Offset = rows[3].Values<long>();
    public readonly DuckVector Symbol = rows[4];
    public readonly DuckVector Source = rows[5];
    public readonly ReadOnlySpan<long> Sequence = rows[6].Values<long>();
    public readonly ReadOnlySpan<long> Time = rows[7].Values<long>();
    public readonly ReadOnlySpan<long> Start = rows[8].Values<long>();
    public readonly DuckVector Interval = rows[9];
    public readonly ReadOnlySpan<long> Price = rows[10].Values<long>();
    public readonly ReadOnlySpan<long> Open = rows[11].Values<long>();
    public readonly ReadOnlySpan<long> High = rows[12].Values<long>();
    public readonly ReadOnlySpan<long> Low = rows[13].Values<long>();
    public readonly ReadOnlySpan<long> Volume = rows[14].Values<long>();
    public readonly DuckVector Action = rows[15];
    public readonly ReadOnlySpan<double> PriceFactor = rows[16].Values<double>();
    public readonly ReadOnlySpan<double> VolumeFactor = rows[17].Values<double>();
    public readonly DuckVector Key = rows[18];
    public readonly DuckVector Schema = rows[19];
    public readonly DuckVector Body = rows[20];
}

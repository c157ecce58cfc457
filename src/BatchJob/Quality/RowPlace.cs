using System.Globalization;

namespace Kafka.Stock.BatchJob;

/// <summary>Where a row was read, to find it again: a line of a file or an offset of a topic's partition. Default: not known.</summary>
public readonly record struct RowPlace
{
    readonly string? _container;
    readonly bool _isOffset;
    readonly long _number;

    RowPlace(string container, bool isOffset, long number)
    {
        _container = container;
        _isOffset = isOffset;
        _number = number;
    }

    /// <summary>A line of a file, the first being 1.</summary>
    public static RowPlace Line(string file, long line) => new(file, isOffset: false, line);

    /// <summary>An offset of a partition, written as <c>stock.market.v1[3]</c>.</summary>
    public static RowPlace Offset(string topicPartition, long offset) => new(topicPartition, isOffset: true, offset);

    /// <summary><c>AAPL.csv:17</c>, <c>stock.market.v1[3]@81220</c>, or nothing.</summary>
    public override string ToString() => _container is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{_container}{(_isOffset ? '@' : ':')}{_number}");
}

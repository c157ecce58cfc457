using System.Text;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Fills a row of a chunk from left to right.</summary>
ref struct StageRow(DuckAppender chunk, int row)
{
    /// <summary>Columns of <see cref="Place"/>, and of <see cref="Rest"/>.</summary>
    public const int PlaceColumns = 4, RestColumns = 3;

    int _column;

    public void Long(long value) => chunk.Values<long>(_column++)[row] = value;

    public void Int(int value) => chunk.Values<int>(_column++)[row] = value;

    public void Double(double value) => chunk.Values<double>(_column++)[row] = value;

    public void Float(float value) => chunk.Values<float>(_column++)[row] = value;

    public void Bool(bool value) => chunk.Values<bool>(_column++)[row] = value;

    public void Bytes(ReadOnlySpan<byte> value) => chunk.SetBytes(_column++, row, value);

    public void Text(string value)
    {
        Span<byte> utf8 = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(value, utf8, out var length)) chunk.SetBytes(_column++, row, utf8[..length]);
        else chunk.SetBytes(_column++, row, Encoding.UTF8.GetBytes(value));
    }

    public void Null() => chunk.SetNull(_column++, row);

    public void LongOrNull(long? value)
    {
        if (value is { } number) Long(number);
        else Null();
    }

    public void Nulls(int count)
    {
        for (var i = 0; i < count; i++) Null();
    }

    /// <summary>The first columns of every bronze table: its partition, and where the record lay.</summary>
    /// <param name="dayNumber">Days since 1970.</param>
    /// <param name="record">The record.</param>
    public void Place(int dayNumber, in LakeRecord record)
    {
        Int(dayNumber);
        Text(record.Topic);
        Int(record.Partition);
        Long(record.Offset);
    }

    /// <summary>A record that the columns can't hold: they stay empty, and the last ones keep it as it is.</summary>
    public void Unread(in LakeRecord record, int valueColumns)
    {
        Nulls(valueColumns);
        Rest(record, "", isWhole: false);
    }

    /// <summary>Four columns: the series as text, then its symbol, interval and source.</summary>
    public void Series(in SeriesId series)
    {
        Text(series.ToString());
        Text(series.Symbol);
        Text(series.Interval);
        Text(series.Source);
    }

    /// <summary>The last columns of every bronze table.</summary>
    /// <param name="record">The record.</param>
    /// <param name="symbol">What its columns say, to be compared with the key; empty where they say nothing.</param>
    /// <param name="isWhole">Its columns hold all of it.</param>
    public void Rest(in LakeRecord record, string symbol, bool isWhole)
    {
        Span<byte> utf8 = stackalloc byte[256];
        var isSymbol = Encoding.UTF8.TryGetBytes(symbol, utf8, out var length) && isWhole && record.Key.SequenceEqual(utf8[..length]);
        if (isSymbol) Null();
        else Bytes(record.Key);
        if (isWhole)
        {
            Nulls(2);
            return;
        }

        if (record.SchemaName is null) Null();
        else Text(record.SchemaName);
        Bytes(record.Body);
    }
}

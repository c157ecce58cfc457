using System.Buffers;
using System.Buffers.Binary;

namespace Kafka.Stock.Lakehouse;

/// <summary>Levels of at most 255 as Parquet's hybrid encoding has them, runs alone: how often, then what.</summary>
sealed class LevelRuns
{
    readonly ArrayBufferWriter<byte> _bytes = new();
    int _level;
    long _count;

    /// <summary>The same level some more times.</summary>
    public void Add(int level, long count)
    {
        if (level != _level) End();
        _level = level;
        _count += count;
    }

    /// <summary>Writes all runs, their length before them.</summary>
    public void WriteTo(ArrayBufferWriter<byte> page)
    {
        End();
        BinaryPrimitives.WriteInt32LittleEndian(page.GetSpan(sizeof(int)), _bytes.WrittenCount);
        page.Advance(sizeof(int));
        page.Write(_bytes.WrittenSpan);
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _count = 0;
    }

    void End()
    {
        if (_count == 0) return;
        var span = _bytes.GetSpan(11);
        var length = 0;
        // The lowest bit 0 says that this is a run.
        var header = (ulong)_count << 1;
        for (; header >= 128; header >>= 7) span[length++] = (byte)(header | 128);
        span[length++] = (byte)header;
        span[length++] = (byte)_level;
        _bytes.Advance(length);
        _count = 0;
    }
}

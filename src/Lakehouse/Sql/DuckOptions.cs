using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Bounds of a database. It lives in memory: what lasts is in Parquet files.</summary>
public sealed record DuckOptions
{
    /// <summary>Least memory that DuckDB works with, bytes.</summary>
    public const long MemoryLimitBytesMin = 64L << 20;

    /// <summary>Threads that work on a statement, at least 1; all processors by default.</summary>
    public int ThreadCount { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory for buffers and tables, bytes, at least 64 MiB; 512 MiB by default. DuckDB's own default would be 80 % of
    /// the machine.</summary>
    public long MemoryLimitBytes { get; init; } = 512L << 20;

    /// <summary>Where what doesn't fit goes; null: nowhere, and a statement that needs more memory fails.</summary>
    public string? TempFolder { get; init; }

    /// <summary>Bytes that may lie in <see cref="TempFolder"/>; 16 GiB by default.</summary>
    public long TempBytesMax { get; init; } = 16L << 30;

    /// <exception cref="ConfigurationException">A bound is out of its range.</exception>
    internal void Check()
    {
        if (ThreadCount < 1) throw new ConfigurationException("threads of the lake", $"{ThreadCount}", "at least 1");
        if (MemoryLimitBytes < MemoryLimitBytesMin)
        {
            throw new ConfigurationException("memory of the lake", $"{MemoryLimitBytes} bytes", $"at least {MemoryLimitBytesMin} bytes");
        }

        if (TempBytesMax < 0) throw new ConfigurationException("disk space of the lake", $"{TempBytesMax} bytes", "0 bytes or more");
    }
}

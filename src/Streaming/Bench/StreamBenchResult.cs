namespace Kafka.Stock.Streaming;

/// <summary>What <see cref="StreamBench"/> measured; medians over the rounds.</summary>
public sealed record StreamBenchResult
{
    /// <summary>Rounds of each.</summary>
    public required int Rounds { get; init; }

    /// <summary>Records a round.</summary>
    public required int RecordsPerRound { get; init; }

    /// <summary>Bytes of key and value of a record.</summary>
    public required long RecordBytes { get; init; }

    /// <summary>Records a second through the host.</summary>
    public required double HostRecordsPerSecond { get; init; }

    /// <summary>Records a second through the bare loop.</summary>
    public required double BareRecordsPerSecond { get; init; }

    /// <summary>Managed bytes allocated a record by the host, its clients included.</summary>
    public required double HostBytesPerRecord { get; init; }

    /// <summary>Managed bytes allocated a record by the bare loop.</summary>
    public required double BareBytesPerRecord { get; init; }

    /// <summary>Host over bare: at least 0.8 is asked for, 1.0 is the aim.</summary>
    public double Ratio => HostRecordsPerSecond / BareRecordsPerSecond;

    /// <summary>Settings of the bare loop.</summary>
    public string BaselineSettings { get; } = StreamBench.BaselineSettings;
}

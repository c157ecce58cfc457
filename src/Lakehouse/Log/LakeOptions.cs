using System.Security.Cryptography;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>How tables of a lake are written and kept.</summary>
public sealed record LakeOptions
{
    /// <summary>Folder for temporary files: checkpoints being made, objects fetched from far.</summary>
    public string WorkFolder { get; init; } = Path.Combine(Path.GetTempPath(), "kstock-lake");

    /// <summary>The clock of commits and retention.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A checkpoint is written at each version that this number divides; 1 to 10,000.</summary>
    public int CheckpointVersions { get; init; } = 10;

    /// <summary>Commits older than this go once a checkpoint holds their outcome; 1 to 36,500 days. Time travel reaches as far.</summary>
    public int LogRetentionDays { get; init; } = 30;

    /// <summary>Removed files stay this long for readers of older versions; 1 to 36,500 days.</summary>
    public int FileRetentionDays { get; init; } = 7;

    /// <summary>Data files with a digest in the log are compared with it before they are read: about a second for each GB.</summary>
    public bool VerifiesFiles { get; init; } = true;

    /// <summary>How often a commit is tried while others win the race for its version; 1 to 1,000,000.</summary>
    public int CommitTriesMax { get; init; } = 1000;

    /// <summary>Program that commits, for the history.</summary>
    public string EngineInfo { get; init; } = "Kafka.Stock/0.1.0";

    /// <summary>Names that nobody else makes: for commits, tables and files. 32 hexadecimal digits by default.</summary>
    public Func<string> NewName { get; init; } = () => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Versions of a table that must stay readable although they're old, because something cites them; none by default.</summary>
    public Func<string, CancellationToken, Task<IReadOnlyCollection<long>>> CitedVersions { get; init; } =
        (_, _) => Task.FromResult<IReadOnlyCollection<long>>([]);

    /// <summary>The same options.</summary>
    /// <exception cref="ConfigurationException">One is out of its range.</exception>
    public LakeOptions Validated()
    {
        Check(CheckpointVersions, 1, 10_000, nameof(CheckpointVersions));
        Check(LogRetentionDays, 1, 36_500, nameof(LogRetentionDays));
        Check(FileRetentionDays, 1, 36_500, nameof(FileRetentionDays));
        Check(CommitTriesMax, 1, 1_000_000, nameof(CommitTriesMax));
        return this;
    }

    /// <summary>The clock's time, µs since 1970 UTC.</summary>
    internal long NowUs() => (Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>True where a file that a store gave is a copy in the work folder, to be deleted after use.</summary>
    internal bool IsCopy(string file) =>
        Path.GetFullPath(file).StartsWith(Path.GetFullPath(WorkFolder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    static void Check(int value, int min, int max, string name)
    {
        if (value < min || value > max) throw new ConfigurationException($"lake option {name}", $"{value}", $"{min} to {max}");
    }
}

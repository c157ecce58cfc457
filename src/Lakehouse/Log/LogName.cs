using System.Globalization;

namespace Kafka.Stock.Lakehouse;

/// <summary>A name in <c>_delta_log</c>: a commit, a part of a checkpoint, or a stranger.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Version">Of the table; -1 for strangers.</param>
/// <param name="Part">Of a checkpoint in parts, from 1; 1 for a single file.</param>
/// <param name="Parts">How many there are; 1 for a single file.</param>
readonly record struct LogName(LogNameKind Kind, long Version, int Part, int Parts)
{
    /// <summary>The folder below the table.</summary>
    public const string Folder = "_delta_log";

    /// <summary>Says where the newest checkpoint is, or was.</summary>
    public const string LastCheckpoint = "_last_checkpoint";

    const int VersionDigits = 20;
    const int PartDigits = 10;

    static readonly LogName s_stranger = new(LogNameKind.Stranger, -1, 0, 0);

    /// <summary>Name of a version's commit.</summary>
    public static string Commit(long version) => $"{Padded(version)}.json";

    /// <summary>Name of a version's checkpoint in one file.</summary>
    public static string Checkpoint(long version) => $"{Padded(version)}.checkpoint.parquet";

    /// <summary>The name before which nothing of this version or later lies.</summary>
    public static string Padded(long version) => version.ToString("D20", CultureInfo.InvariantCulture);

    /// <summary>What a name without folders means.</summary>
    public static LogName Parse(string name)
    {
        if (name.Length <= VersionDigits || !TryDigits(name.AsSpan(0, VersionDigits), out var version)) return s_stranger;
        return name[VersionDigits..].Split('.') switch
        {
            ["", "json"] => new(LogNameKind.Commit, version, 1, 1),
            ["", "checkpoint", "parquet"] => new(LogNameKind.Checkpoint, version, 1, 1),
            ["", "checkpoint", { Length: PartDigits } part, { Length: PartDigits } parts, "parquet"]
                when TryDigits(part, out var one) && TryDigits(parts, out var all) && one >= 1 && one <= all && all <= int.MaxValue
                => new(LogNameKind.Checkpoint, version, (int)one, (int)all),
            ["", "checkpoint", { Length: 36 }, "parquet" or "json"] => new(LogNameKind.UuidCheckpoint, version, 1, 1),
            _ => s_stranger,
        };
    }

    static bool TryDigits(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}

namespace Kafka.Stock.Contracts;

/// <summary>Why a new version of a schema doesn't go with an older one.</summary>
/// <param name="Version">The older version's number in the list that was given, from 1.</param>
/// <param name="IsBackward">True when the new version can't read what the older one wrote; false the other way round.</param>
/// <param name="What">What can't be read; its path is in the schema that reads.</param>
public sealed record AvroConflict(int Version, bool IsBackward, AvroIncompatibility What)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var pair = IsBackward ? $"the new version reading version {Version}" : $"version {Version} reading the new version";
        return FormattableString.Invariant($"{pair}: {What.Kind} at {(What.Path.Length == 0 ? "the top" : What.Path)}: {What.Message}");
    }
}

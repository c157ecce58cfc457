namespace Kafka.Stock.Contracts;

/// <summary>Says whether a new version of a schema goes with the versions before it.</summary>
/// <remarks>Compatible means that a reader can decode everything that the writer's schema allows; logical types don't count, but for
/// digits of decimals. The modes are those of Confluent's Schema Registry.</remarks>
public static class AvroCompatibility
{
    /// <summary>Everything that stands against a new version.</summary>
    /// <param name="next">The new version.</param>
    /// <param name="versions">The versions before it, oldest first; without any, everything is compatible.</param>
    /// <param name="mode">What the new version owes.</param>
    /// <returns>Empty when it is compatible; otherwise by older version, latest first, backward before forward.</returns>
    /// <exception cref="RefusedException">A pair is too big to be compared.</exception>
    public static IReadOnlyList<AvroConflict> Check(AvroSchema next, IReadOnlyList<AvroSchema> versions, AvroCompatibilityMode mode)
    {
        var conflicts = new List<AvroConflict>();
        var isTransitive = mode is AvroCompatibilityMode.BackwardTransitive or AvroCompatibilityMode.ForwardTransitive
            or AvroCompatibilityMode.FullTransitive;
        var isBackward = mode is not (AvroCompatibilityMode.Forward or AvroCompatibilityMode.ForwardTransitive);
        var isForward = mode is not (AvroCompatibilityMode.Backward or AvroCompatibilityMode.BackwardTransitive);
        for (var i = versions.Count - 1; i >= 0; i--)
        {
            if (isBackward) Add(AvroResolution.Compile(writer: versions[i], reader: next), i + 1, backward: true);
            if (isForward) Add(AvroResolution.Compile(writer: next, reader: versions[i]), i + 1, backward: false);
            if (!isTransitive) break;
        }

        return conflicts;

        void Add(AvroResolution pair, int version, bool backward) =>
            conflicts.AddRange(pair.Incompatibilities.Select(what => new AvroConflict(version, backward, what)));
    }
}

namespace Kafka.Stock.Lakehouse;

/// <summary>Whether a commit that came first leaves ours valid: as if ours had been made after having seen it.</summary>
/// <remarks>Append against append is none. The rules are those of serialisable isolation in Delta's own writers.</remarks>
static class ConflictCheck
{
    /// <summary>Passes where our actions mean the same after the winner's.</summary>
    /// <param name="where">The winner's version, for messages.</param>
    /// <param name="winner">Its actions.</param>
    /// <param name="ours">Our actions.</param>
    /// <param name="reads">What ours were made from.</param>
    /// <param name="read">The version that was read.</param>
    /// <exception cref="ConflictException">They don't: says which rule.</exception>
    public static void Demand(
        string where, IReadOnlyList<LogAction> winner, IReadOnlyList<LogAction> ours, ReadSet reads, Snapshot read)
    {
        var ourApps = ours.OfType<AppTransaction>().Select(txn => txn.AppId).ToHashSet(StringComparer.Ordinal);
        var ourRemoves = ours.OfType<RemoveFile>().Select(remove => remove.Key).ToHashSet(StringComparer.Ordinal);
        var ourAdds = ours.OfType<AddFile>().Select(add => add.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var action in winner)
        {
            var found = action switch
            {
                ProtocolAction => "a change of the protocol",
                MetadataAction => "a change of the table's schema or settings",
                AppTransaction txn when ourApps.Contains(txn.AppId) => $"progress of {txn.AppId} by another",
                RemoveFile remove when ourRemoves.Contains(remove.Key) => $"{remove.Path} removed, which this commit removes",
                RemoveFile remove when reads.Covers(remove, read) => $"{remove.Path} removed, which this commit has read",
                AddFile add when ourAdds.Contains(add.Key) => $"{add.Path} added, which this commit adds",
                AddFile add when reads.Covers(add) => $"{add.Path} added, which this commit would have read",
                _ => null,
            };
            if (found is null) continue;
            throw new ConflictException(where, found, "no change of what the commit was made from: read again, then try again");
        }
    }
}

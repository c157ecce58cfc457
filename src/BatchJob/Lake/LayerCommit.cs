using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>Puts the files of a layer in the place of others, in one commit.</summary>
static class LayerCommit
{
    static readonly SortedDictionary<string, string> s_parameters = new(StringComparer.Ordinal) { ["mode"] = "Overwrite" };

    /// <summary>Commits what differs. Files are named after their content, so a rebuild that gives the same rows commits nothing.</summary>
    /// <param name="table">The layer.</param>
    /// <param name="read">The version that the files were made from.</param>
    /// <param name="replaced">Files of it whose rows are in the new ones.</param>
    /// <param name="files">The new files, in the store.</param>
    /// <param name="cancellation">Stops between attempts.</param>
    /// <exception cref="ConflictException">Another commit came in between.</exception>
    public static async Task<Snapshot> ReplaceAsync(
        DeltaTable table, Snapshot read, IReadOnlyCollection<AddFile> replaced, IReadOnlyList<DataFile> files,
        CancellationToken cancellation)
    {
        var kept = files.Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        var there = replaced.Select(file => file.Key).ToHashSet(StringComparer.Ordinal);
        if (kept.SetEquals(there)) return read;
        var transaction = table.Begin(read);
        transaction.ReadWholeTable();
        foreach (var file in replaced.Where(file => !kept.Contains(file.Key))) transaction.Remove(file);
        foreach (var file in files.Where(file => !there.Contains(file.Key))) transaction.Add(file);
        return (await transaction.CommitAsync("WRITE", s_parameters, cancellation)).Snapshot;
    }
}

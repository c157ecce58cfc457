namespace Kafka.Stock.Lakehouse;

/// <summary>What of a table a transaction has looked at, so that a change of it by others is noticed.</summary>
sealed class ReadSet
{
    readonly HashSet<string> _files = new(StringComparer.Ordinal);
    readonly List<Func<PartitionValues, bool>> _partitions = [];

    /// <summary>All of it: whatever is added or removed matters.</summary>
    public bool IsWholeTable { get; private set; }

    /// <summary>Nothing.</summary>
    public bool IsEmpty => !IsWholeTable && _files.Count == 0 && _partitions.Count == 0;

    public void AddWholeTable() => IsWholeTable = true;

    public void Add(AddFile file) => _files.Add(file.Key);

    public void Add(Func<PartitionValues, bool> partitions) => _partitions.Add(partitions);

    /// <summary>A file that comes in is one that would have been read.</summary>
    public bool Covers(AddFile added) => IsWholeTable || _partitions.Exists(covers => covers(added.PartitionValues));

    /// <summary>A file that goes is one that was read.</summary>
    public bool Covers(RemoveFile removed, Snapshot read)
    {
        if (IsWholeTable || _files.Contains(removed.Key)) return true;
        if (_partitions.Count == 0) return false;
        var values = removed.PartitionValues ?? (read.State.Files.TryGetValue(removed.Key, out var file) ? file.PartitionValues : null);
        return values is null || _partitions.Exists(covers => covers(values));
    }
}

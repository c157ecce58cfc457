namespace Kafka.Stock.Ingestor;

/// <summary>Place of a file's next line in the merge: by event time, then by the rank of the file.</summary>
/// <param name="TimeUs">End of a bar, time of a trade.</param>
/// <param name="Rank">Place of the file among all: by symbol, source, kind, name, path.</param>
readonly record struct MergeKey(long TimeUs, int Rank)
{
    /// <summary>The order of the merge.</summary>
    public static IComparer<MergeKey> Order { get; } = Comparer<MergeKey>.Create(static (left, right) =>
    {
        var byTime = left.TimeUs.CompareTo(right.TimeUs);
        return byTime != 0 ? byTime : left.Rank.CompareTo(right.Rank);
    });
}

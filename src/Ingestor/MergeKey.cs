namespace Kafka.Stock.Ingestor;

/// <summary>Place of a file's next line in the merge: by event time, then by the rank of the file.</summary>
/// <param name="TimeUs">End of a bar, time of a trade.</param>
/// <param name="Rank">Place of the file among all: by symbol, source, kind, name, path; below 0 for bars of the market
/// reference.</param>
readonly record struct MergeKey(long TimeUs, int Rank)
{
    /// <summary>The place is that of a line told to every partition, before all others of its time.</summary>
    public bool IsReference => Rank < 0;

    /// <summary>The same line's place as a bar of the market reference.</summary>
    public MergeKey AsReference() => this with { Rank = Rank - int.MaxValue };

    /// <summary>The order of the merge.</summary>
    public static IComparer<MergeKey> Order { get; } = Comparer<MergeKey>.Create(static (left, right) =>
    {
        var byTime = left.TimeUs.CompareTo(right.TimeUs);
        return byTime != 0 ? byTime : left.Rank.CompareTo(right.Rank);
    });
}

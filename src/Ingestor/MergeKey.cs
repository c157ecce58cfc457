namespace Kafka.Stock.Ingestor;

/// <summary>Place of a file's next line in the merge: by event time, then by the rank of the file.</summary>
/// <param name="TimeUs">End of a bar, time of a trade.</param>
/// <param name="Rank">Place of the file among all: by symbol, source, kind, name, path.</param>
readonly record struct MergeKey(long TimeUs, int Rank) : IComparable<MergeKey>
{
    public int CompareTo(MergeKey other)
    {
        var byTime = TimeUs.CompareTo(other.TimeUs);
        return byTime != 0 ? byTime : Rank.CompareTo(other.Rank);
    }
}

namespace Kafka.Stock.BatchJob;

/// <summary>Where a record lies. Ordered: what is known at the same time is decided by the place.</summary>
readonly record struct RecordPlace(string Topic, int Partition, long Offset) : IComparable<RecordPlace>
{
    public int CompareTo(RecordPlace other)
    {
        var order = string.CompareOrdinal(Topic, other.Topic);
        if (order == 0) order = Partition.CompareTo(other.Partition);
        return order == 0 ? Offset.CompareTo(other.Offset) : order;
    }

    public void Write(LayerStateWriter state)
    {
        state.Text(Topic);
        state.Int(Partition);
        state.Long(Offset);
    }

    public static RecordPlace Read(LayerStateReader state) => new(state.Text(), state.Int(), state.Long());
}

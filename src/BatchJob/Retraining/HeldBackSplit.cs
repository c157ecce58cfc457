namespace Kafka.Stock.BatchJob;

/// <summary>Which rows of a series a candidate learns from, and which are held back to test it.</summary>
/// <param name="TrainRows">The oldest so many rows are learnt from, at most.</param>
/// <param name="HeldBackFrom">Index of the first row held back.</param>
/// <param name="KnownRows">Rows whose target had closed: the held-back ones end here.</param>
/// <remarks>A gap lies between them: the target of a row that is learnt from closed no later than the first held-back forecast was
/// made, so rows whose labels look across aren't used at all.</remarks>
readonly record struct HeldBackSplit(int TrainRows, int HeldBackFrom, int KnownRows)
{
    /// <summary>The split of a series at an instant; null where it has too few rows.</summary>
    public static HeldBackSplit? Of(RowHistory rows, long atUs, RetrainOptions options)
    {
        var known = KnownBy(rows, rows.Count, atUs);
        var from = known - options.HeldBackRows;
        if (from <= 0) return null;
        var train = KnownBy(rows, from, rows[from].BarEndUs);
        return train >= options.TrainRowsMin ? new HeldBackSplit(train, from, known) : null;
    }

    /// <summary>How many of the first rows had their target closed by then.</summary>
    public static int KnownBy(RowHistory rows, int count, long atUs)
    {
        while (count > 0 && rows[count - 1].TargetEndUs > atUs) count--;
        return count;
    }
}

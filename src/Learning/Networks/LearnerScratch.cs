namespace Kafka.Stock.Learning;

/// <summary>Working memory of a learning step; nothing in it outlives the step.</summary>
/// <remarks>May be shared by all learners of one shape on one thread: with thousands of series that is most of the memory.</remarks>
public sealed class LearnerScratch
{
    /// <summary>Largest batch that any scratch may hold.</summary>
    public const int BatchRowsLimit = 4096;

    /// <summary>Makes working memory.</summary>
    /// <param name="shape">Shape of the networks.</param>
    /// <param name="batchRowsMax">Rows of the largest batch, 1 to <see cref="BatchRowsLimit"/>.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public LearnerScratch(NetworkShape shape, int batchRowsMax)
    {
        if (batchRowsMax is < 1 or > BatchRowsLimit)
            throw new ArgumentException($"found {batchRowsMax} rows; expected 1 to {BatchRowsLimit}", nameof(batchRowsMax));

        Shape = shape.Validated();
        BatchRowsMax = batchRowsMax;
        var layout = new WeightLayout(shape);
        Hidden = new float[batchRowsMax * layout.Padded];
        Outputs = new float[batchRowsMax];
        Gradient = new float[layout.Length];
    }

    /// <summary>Shape of the networks that it serves.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Rows of the largest batch.</summary>
    public int BatchRowsMax { get; }

    internal float[] Hidden { get; }

    internal float[] Outputs { get; }

    internal float[] Gradient { get; }
}

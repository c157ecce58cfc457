using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>A network that learns, behind the preprocessor of its rows.</summary>
sealed class PreparedLearner(Preprocessor preprocessor, NetworkLearner learner, int rowsMax)
{
    // Scale-free rows are finite here and come out of the preprocessor as they go in.
    readonly float[] _encoded = preprocessor.Pipeline.IsScaleFree ? [] : new float[rowsMax * preprocessor.OutputWidth];

    public NetworkLearner Learner { get; } = learner;

    public float Predict(ReadOnlySpan<float> features) => Learner.Predict(Prepared(features));

    public StepResult Learn(ReadOnlySpan<float> rows, ReadOnlySpan<float> targets) => Learner.Learn(Prepared(rows), targets);

    ReadOnlySpan<float> Prepared(ReadOnlySpan<float> rows)
    {
        if (_encoded.Length == 0) return rows;
        var encoded = _encoded.AsSpan(0, rows.Length / preprocessor.Pipeline.Width * preprocessor.OutputWidth);
        preprocessor.TransformRows(rows, encoded);
        return encoded;
    }
}

using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>A series' model after one bar, whole: networks, mean and weights of the same moment. Immutable.</summary>
public sealed class ServedModel
{
    readonly PreparedNetwork _online;
    readonly PreparedNetwork? _batch;
    readonly PreparedNetwork _hybrid;
    readonly double _drift;
    readonly double _ar1;
    readonly double[] _ridge;
    readonly double[] _weights;

    internal ServedModel(TrainerState state, long barEndUs, float lastReturn)
    {
        (_online, _batch, _hybrid) = state.Models.Copy();
        _drift = Forecaster.Clip(state.Drift.Value);
        _ar1 = Forecaster.Clip(state.Linear.PredictAr1(lastReturn));
        _ridge = state.Linear.RidgeCoefficients();
        _weights = new double[Strategies.Experts.Count];
        for (var expert = 0; expert < _weights.Length; expert++) _weights[expert] = state.Aggregate.Weight(expert);
        BarEndUs = barEndUs;
        Steps = state.Models.Online.Steps;
        ChampionId = state.ChampionId;
    }

    /// <summary>End of the last bar that it has learnt from, microseconds since 1970 UTC.</summary>
    public long BarEndUs { get; }

    /// <summary>Steps of the online network.</summary>
    public long Steps { get; }

    /// <summary>Id of the champion.</summary>
    public string ChampionId { get; }

    /// <summary>Weight of each expert in the aggregate, in the order of <see cref="Strategies.Experts"/>.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>The served forecast of a row: log return in units of s(t). No allocation; safe for any number of threads.</summary>
    /// <param name="features">[width] of the pipeline.</param>
    public double Forecast(ReadOnlySpan<float> features)
    {
        Span<double> expertise = stackalloc double[_weights.Length];
        expertise[0] = 0;
        expertise[1] = _drift;
        expertise[2] = _online.Predict(features);
        expertise[3] = _batch?.Predict(features) ?? 0f;
        expertise[4] = _hybrid.Predict(features);
        expertise[5] = _ar1;
        expertise[6] = Forecaster.Clip(RidgeOf(features));
        var sum = 0.0;
        for (var expert = 0; expert < expertise.Length; expert++) sum = Math.FusedMultiplyAdd(_weights[expert], expertise[expert], sum);
        return sum;
    }

    double RidgeOf(ReadOnlySpan<float> features)
    {
        var sum = 0.0;
        for (var i = 0; i < _ridge.Length; i++) sum = Math.FusedMultiplyAdd(_ridge[i], features[i], sum);
        return sum;
    }

    /// <summary>Hash of all its numbers: the same model gives the same, and a torn one another.</summary>
    public ulong Checksum()
    {
        var text = $"{_online.ModelId()}{_batch?.ModelId()}{_hybrid.ModelId()}"
            + string.Concat(_ridge.Append(_drift).Append(_ar1).Concat(_weights)
                .Select(number => $"{BitConverter.DoubleToInt64Bits(number):x16}"));
        return Fnv1a.Hash(text);
    }
}

using System.Globalization;

namespace Kafka.Stock.Learning.Tests;

/// <summary>Pipelines whose rows a test makes itself.</summary>
static class PlainPipeline
{
    /// <summary>So many features of the same kind.</summary>
    public static FeaturePipeline Of(int width, FeatureKind kind = FeatureKind.ScaleFree) =>
        Of([.. Enumerable.Repeat(kind, width)]);

    /// <summary>Features of these kinds, named f0, f1, ...</summary>
    public static FeaturePipeline Of(params FeatureKind[] kinds) =>
        new("plain", 1, [.. kinds.Select((kind, i) => new Given("f" + i.ToString(CultureInfo.InvariantCulture), kind))]);

    sealed class Given(string name, FeatureKind kind) : IFeature
    {
        public string Name => name;

        public FeatureKind Kind => kind;

        public double Value(BarHistory history, ReadOnlySpan<double> memory) => 0;
    }
}

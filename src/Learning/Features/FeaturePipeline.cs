using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kafka.Stock.Learning;

/// <summary>A named, versioned list of features, the same for gold columns, batch rows and online rows.</summary>
/// <remarks>Immutable. To add a feature: write one <see cref="IFeature"/>, put it into a list, raise the version.</remarks>
public sealed class FeaturePipeline
{
    /// <summary>Largest number of features.</summary>
    public const int WidthMax = 256;

    readonly IFeature[] _features;

    /// <summary>Makes a pipeline.</summary>
    /// <param name="name">Name of the pipeline, for example <c>price-v1</c>.</param>
    /// <param name="version">Raised whenever a feature changes its meaning.</param>
    /// <param name="features">1 to <see cref="WidthMax"/> features with different names.</param>
    /// <exception cref="ArgumentException">There are none, too many, or two of the same name.</exception>
    public FeaturePipeline(string name, int version, IReadOnlyList<IFeature> features)
    {
        if (features.Count is 0 or > WidthMax) throw new ArgumentException($"expected 1 to {WidthMax} features", nameof(features));
        Name = name;
        Version = version;
        _features = [.. features];
        FeatureNames = [.. features.Select(feature => feature.Name)];
        var twin = FeatureNames.GroupBy(feature => feature, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twin is not null) throw new ArgumentException($"found the feature name {twin.Key} twice", nameof(features));
        MemoryDoubles = features.Sum(feature => feature.MemoryDoubles);
        Fingerprint = FingerprintOf(name, version, FeatureNames);
    }

    /// <summary>The default: 17 scale-free features of a series' own bars.</summary>
    public static FeaturePipeline PriceV1 { get; } = new("price-v1", 1,
    [
        new LaggedReturn(0), new LaggedReturn(1), new LaggedReturn(2), new LaggedReturn(3), new LaggedReturn(4),
        new Momentum(5), new Momentum(10), new Momentum(20), new Momentum(60),
        new NightMove(), new DayMove(), new CloseLocation(), new CloseToMean(),
        new RangeSurprise(), new RangeTrend(), new VolumeSurprise(), new FridayFlag(),
    ]);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its version.</summary>
    public int Version { get; }

    /// <summary>Number of features.</summary>
    public int Width => _features.Length;

    /// <summary>Names in the order of the features.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>First 8 bytes, little-endian, of the SHA-256 over name, version and feature names, each followed by a line feed.</summary>
    public long Fingerprint { get; }

    /// <summary>The features, in order.</summary>
    internal ReadOnlySpan<IFeature> Features => _features;

    /// <summary>Doubles that all features together keep for a series.</summary>
    internal int MemoryDoubles { get; }

    static long FingerprintOf(string name, int version, IReadOnlyList<string> features)
    {
        var text = new StringBuilder().Append(name).Append('\n').Append(version.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var feature in features) text.Append(feature).Append('\n');
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

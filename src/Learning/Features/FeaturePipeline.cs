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
    /// <param name="usesReference">Its series are given the bars of a market reference, too.</param>
    /// <exception cref="ArgumentException">There are none, too many, or two of the same name.</exception>
    public FeaturePipeline(string name, int version, IReadOnlyList<IFeature> features, bool usesReference = false)
    {
        if (features.Count is 0 or > WidthMax) throw new ArgumentException($"expected 1 to {WidthMax} features", nameof(features));
        Name = name;
        Version = version;
        _features = [.. features];
        FeatureNames = [.. features.Select(feature => feature.Name)];
        var twin = FeatureNames.GroupBy(feature => feature, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twin is not null) throw new ArgumentException($"found the feature name {twin.Key} twice", nameof(features));
        Kinds = [.. features.Select(feature => feature.Kind)];
        IsScaleFree = Kinds.All(kind => kind == FeatureKind.ScaleFree);
        UsesReference = usesReference;
        MemoryDoubles = features.Sum(feature => feature.MemoryDoubles);
        Fingerprint = FingerprintOf(name, version, FeatureNames);
    }

    /// <summary>The default: 17 scale-free features of a series' own bars.</summary>
    public static FeaturePipeline PriceV1 { get; } = new("price-v1", 1, PriceFeatures());

    /// <summary><see cref="PriceV1"/> and four features of a market reference.</summary>
    public static FeaturePipeline PriceV1Market { get; } = new("price-v1-market", 1,
    [
        .. PriceFeatures(), new OfMarket(new LaggedReturn(0)), new OfMarket(new Momentum(5)), new OfMarket(new RangeSurprise()),
        new OfMarket(new RangeTrend()),
    ], usesReference: true);

    /// <summary>The columns of the requirement, of the row itself and earlier ones only: raw prices, volumes and dates, which need a
    /// fitted <see cref="Preprocessor"/>.</summary>
    /// <remarks>The means and the total are over the trading day so far; timestamp_in_ms is the bar's end; dt is the trading day,
    /// date its day of the month. The target is the next row's close: this row's close is known and so a feature.</remarks>
    public static FeaturePipeline SeedV1 { get; } = new("seed-v1", 1,
    [
        new BarColumn("open", FeatureKind.Price, history => history.LastOpen),
        new BarColumn("high", FeatureKind.Price, history => history.LastHigh),
        new BarColumn("low", FeatureKind.Price, history => history.LastLow),
        new BarColumn("close", FeatureKind.Price, history => history.LastClose),
        new BarColumn("volume", FeatureKind.Volume, history => history.LastVolume),
        new DayColumn("ave_open", FeatureKind.Price, isMean: true, history => history.LastOpen),
        new DayColumn("ave_high", FeatureKind.Price, isMean: true, history => history.LastHigh),
        new DayColumn("ave_low", FeatureKind.Price, isMean: true, history => history.LastLow),
        new DayColumn("ave_close", FeatureKind.Price, isMean: true, history => history.LastClose),
        new DayColumn("total_volume", FeatureKind.Volume, isMean: false, history => history.LastVolume),
        new BarColumn("30_day_ma_close", FeatureKind.Price, history => history.MeanClose()),
        new BarColumn("timestamp_in_ms", FeatureKind.Number, history => history.LastEndUs / 1000),
        new DateColumn("dt", day => day.DayNumber - BarInput.DayNumberOf1970), new DateColumn("year", day => day.Year),
        new DateColumn("month", day => day.Month), new DateColumn("date", day => day.Day),
    ]);

    /// <summary>All that ship.</summary>
    public static IReadOnlyList<FeaturePipeline> All { get; } = [PriceV1, PriceV1Market, SeedV1];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its version.</summary>
    public int Version { get; }

    /// <summary>Number of features.</summary>
    public int Width => _features.Length;

    /// <summary>Its series are given the bars of a market reference by <see cref="FeatureState.AddReference"/>.</summary>
    public bool UsesReference { get; }

    /// <summary>Regressors that its rows give the volatility forecast: 4, and 2 more with a reference.</summary>
    public int VolatilityInputs => FeatureState.VolatilityInputs + (UsesReference ? FeatureState.ReferenceVolatilityInputs : 0);

    /// <summary>No feature depends on the size of prices or volumes: a split leaves its rows as they are.</summary>
    public bool IsScaleFree { get; }

    /// <summary>Kinds in the order of the features.</summary>
    public IReadOnlyList<FeatureKind> Kinds { get; }

    /// <summary>Names in the order of the features.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>First 8 bytes, little-endian, of the SHA-256 over name, version and feature names, each followed by a line feed.</summary>
    public long Fingerprint { get; }

    /// <summary>The features, in order.</summary>
    internal ReadOnlySpan<IFeature> Features => _features;

    /// <summary>Doubles that all features together keep for a series.</summary>
    internal int MemoryDoubles { get; }

    /// <summary>The shipped pipeline of a name as users write it, in its form with or without a market reference.</summary>
    /// <param name="name"><c>price-v1</c> or <c>seed-v1</c>.</param>
    /// <param name="withReference">There is a market reference.</param>
    /// <returns>Null where there is none such: <c>seed-v1</c> has no form with a reference.</returns>
    public static FeaturePipeline? Find(string name, bool withReference) => (name, withReference) switch
    {
        ("price-v1", false) => PriceV1,
        ("price-v1", true) => PriceV1Market,
        ("seed-v1", false) => SeedV1,
        _ => null,
    };

    /// <summary>Rescales a row at a split: features in dollars times one factor, features in shares times the other.</summary>
    /// <param name="features">[width], changed in place.</param>
    /// <param name="priceFactor">What an earlier price is multiplied by.</param>
    /// <param name="volumeFactor">What an earlier volume is multiplied by.</param>
    public void RescaleRow(Span<float> features, double priceFactor, double volumeFactor)
    {
        if (IsScaleFree) return;
        for (var i = 0; i < features.Length; i++)
        {
            if (Kinds[i] == FeatureKind.Price) features[i] = (float)(features[i] * priceFactor);
            if (Kinds[i] == FeatureKind.Volume) features[i] = (float)(features[i] * volumeFactor);
        }
    }

    static IFeature[] PriceFeatures() =>
    [
        new LaggedReturn(0), new LaggedReturn(1), new LaggedReturn(2), new LaggedReturn(3), new LaggedReturn(4),
        new Momentum(5), new Momentum(10), new Momentum(20), new Momentum(60),
        new NightMove(), new DayMove(), new CloseLocation(), new CloseToMean(),
        new RangeSurprise(), new RangeTrend(), new VolumeSurprise(), new FridayFlag(),
    ];

    static long FingerprintOf(string name, int version, IReadOnlyList<string> features)
    {
        var text = new StringBuilder().Append(name).Append('\n').Append(version.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var feature in features) text.Append(feature).Append('\n');
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

namespace Kafka.Stock.Learning;

/// <summary>Prepares a pipeline's rows for a network: numbers imputed by the median and standardised, categories binary-encoded,
/// scale-free features only imputed.</summary>
/// <remarks>Immutable, fitted on training rows only, and saved inside the model's artefact: a model never meets rows prepared in
/// another way. A finite row of scale-free features comes out as it went in, to the bit.</remarks>
public sealed class Preprocessor
{
    const string Prefix = "preprocessor.";
    const string MedianName = Prefix + "median";
    const string MeanName = Prefix + "mean";
    const string ScaleName = Prefix + "scale";
    const string CodesPrefix = Prefix + "codes.";

    readonly float[] _medians;
    readonly float[] _means;
    readonly float[] _scales;
    readonly CategoryCodes?[] _codes;

    Preprocessor(FeaturePipeline pipeline, float[] medians, float[] means, float[] scales, CategoryCodes?[] codes)
    {
        Pipeline = pipeline;
        (_medians, _means, _scales, _codes) = (medians, means, scales, codes);
        OutputWidth = codes.Sum(column => column?.Bits ?? 1);
    }

    /// <summary>The pipeline whose rows it prepares.</summary>
    public FeaturePipeline Pipeline { get; }

    /// <summary>Numbers of a prepared row: inputs of the network.</summary>
    public int OutputWidth { get; }

    /// <summary>What stands before a model that nobody has trained: scale-free features pass, other numbers give 0 because their size
    /// isn't known yet, categories give nothing.</summary>
    public static Preprocessor Unfitted(FeaturePipeline pipeline)
    {
        var scales = new float[pipeline.Width];
        for (var i = 0; i < scales.Length; i++) scales[i] = pipeline.Kinds[i] == FeatureKind.ScaleFree ? 1f : 0f;
        CategoryCodes?[] codes = [.. pipeline.Kinds.Select(kind => kind == FeatureKind.Category ? CategoryCodes.Fit([]) : null)];
        return new Preprocessor(pipeline, new float[pipeline.Width], new float[pipeline.Width], scales, codes);
    }

    /// <summary>Fits it on rows.</summary>
    /// <param name="pipeline">The rows' pipeline.</param>
    /// <param name="rows">[n x width], oldest first: the training part alone, because whatever it sees here reaches the
    /// forecasts.</param>
    /// <exception cref="ArgumentException">The number of features is no multiple of the width, or there is no row.</exception>
    /// <remarks>The median is over finite values, 0 where there are none. Mean and standard deviation (over n) are of the column after
    /// imputing; a constant column is divided by 1.</remarks>
    public static Preprocessor Fit(FeaturePipeline pipeline, ReadOnlySpan<float> rows)
    {
        var width = pipeline.Width;
        if (rows.Length == 0 || rows.Length % width != 0)
            throw new ArgumentException($"found {rows.Length} features; expected a multiple of {width}, and not none", nameof(rows));

        var (medians, means, scales) = (new float[width], new float[width], new float[width]);
        var codes = new CategoryCodes?[width];
        var column = new float[rows.Length / width];
        for (var i = 0; i < width; i++)
        {
            for (var row = 0; row < column.Length; row++) column[row] = rows[row * width + i];
            scales[i] = 1f;
            if (pipeline.Kinds[i] == FeatureKind.Category)
            {
                codes[i] = CategoryCodes.Fit(column);
                continue;
            }

            medians[i] = ColumnFit.Median(column);
            if (pipeline.Kinds[i] != FeatureKind.ScaleFree) (means[i], scales[i]) = ColumnFit.MeanAndScale(column, medians[i]);
        }

        return new Preprocessor(pipeline, medians, means, scales, codes);
    }

    /// <summary>Prepares one row. No allocation.</summary>
    /// <param name="raw">[width] as the pipeline gave it; NaN and infinities are imputed.</param>
    /// <param name="encoded">[<see cref="OutputWidth"/>], each finite.</param>
    /// <exception cref="ArgumentException">A length is another.</exception>
    public void Transform(ReadOnlySpan<float> raw, Span<float> encoded)
    {
        if (raw.Length != _codes.Length) throw new ArgumentException($"expected {_codes.Length} features", nameof(raw));
        if (encoded.Length != OutputWidth) throw new ArgumentException($"expected room for {OutputWidth} numbers", nameof(encoded));
        var at = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (_codes[i] is { } codes)
            {
                codes.Encode(raw[i], encoded.Slice(at, codes.Bits));
                at += codes.Bits;
                continue;
            }

            var value = float.IsFinite(raw[i]) ? raw[i] : _medians[i];
            encoded[at++] = Pipeline.Kinds[i] == FeatureKind.ScaleFree ? value : Standardised(value, i);
        }
    }

    /// <summary>Prepares rows, one after the other.</summary>
    /// <param name="raw">[n x width].</param>
    /// <param name="encoded">[n x <see cref="OutputWidth"/>].</param>
    /// <exception cref="ArgumentException">The lengths don't belong together.</exception>
    public void TransformRows(ReadOnlySpan<float> raw, Span<float> encoded)
    {
        var count = raw.Length / _codes.Length;
        if (raw.Length != count * _codes.Length || encoded.Length != count * OutputWidth)
            throw new ArgumentException($"found {raw.Length} and {encoded.Length} numbers; expected as many rows of each", nameof(encoded));
        for (var row = 0; row < count; row++)
            Transform(raw.Slice(row * _codes.Length, _codes.Length), encoded.Slice(row * OutputWidth, OutputWidth));
    }

    /// <summary>Its numbers as named arrays of a model's file.</summary>
    internal IEnumerable<Safetensors.Tensor> ToTensors()
    {
        yield return new(MedianName, [_medians.Length], _medians);
        yield return new(MeanName, [_means.Length], _means);
        yield return new(ScaleName, [_scales.Length], _scales);
        for (var i = 0; i < _codes.Length; i++)
        {
            if (_codes[i] is not { } codes) continue;
            yield return new(CodesPrefix + Pipeline.FeatureNames[i], [codes.Categories.Length], codes.Categories);
        }
    }

    /// <summary>Takes it out of the arrays of a model's file, and checks all of it.</summary>
    /// <returns>It, and how many of the arrays are its.</returns>
    /// <exception cref="StateFormatException">An array is missing, of another length, or holds a number that can't be.</exception>
    internal static (Preprocessor Preprocessor, int Tensors) FromTensors(
        FeaturePipeline pipeline, Dictionary<string, Safetensors.Tensor> tensors)
    {
        var medians = Column(MedianName);
        var means = Column(MeanName);
        var scales = Column(ScaleName);
        var codes = new CategoryCodes?[pipeline.Width];
        for (var i = 0; i < codes.Length; i++)
        {
            var name = CodesPrefix + pipeline.FeatureNames[i];
            if (scales[i] < 0 || (pipeline.Kinds[i] == FeatureKind.ScaleFree && (means[i] != 0 || scales[i] != 1)))
                throw Defect(ScaleName, $"{means[i]:R} and {scales[i]:R} for {pipeline.FeatureNames[i]}", "a mean and a scale of its kind");
            if (pipeline.Kinds[i] != FeatureKind.Category) continue;
            if (!tensors.TryGetValue(name, out var tensor) || tensor.Shape.Length != 1) throw Defect(name, "none", "[categories]");
            codes[i] = CategoryCodes.Restore(tensor.Values) ?? throw Defect(name, "one twice, or not finite", "categories, each once");
        }

        return (new Preprocessor(pipeline, medians, means, scales, codes), 3 + codes.Count(column => column is not null));

        float[] Column(string name)
        {
            if (!tensors.TryGetValue(name, out var tensor)) throw Defect(name, "none", "a tensor");
            if (tensor.Shape is not [var length] || length != pipeline.Width)
                throw Defect(name, $"[{string.Join(", ", tensor.Shape)}]", $"[{pipeline.Width}]");
            return tensor.Values.All(float.IsFinite) ? tensor.Values : throw Defect(name, "a number that isn't", "finite numbers");
        }
    }

    float Standardised(float value, int column)
    {
        if (_scales[column] == 0f) return 0f;
        return (float)Math.Clamp(((double)value - _means[column]) / _scales[column], -float.MaxValue, float.MaxValue);
    }

    static StateFormatException Defect(string where, string found, string expected) => new($"artefact {where}", found, expected);
}

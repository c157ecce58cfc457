using System.Numerics;

namespace Kafka.Stock.Learning;

/// <summary>Codes of one category column: 1, 2, 3… by first appearance in the rows that it was fitted on, 0 for everything
/// else.</summary>
sealed class CategoryCodes
{
    readonly Dictionary<float, int> _codes;

    CategoryCodes(float[] categories, Dictionary<float, int> codes) => (Categories, _codes) = (categories, codes);

    /// <summary>The categories in the order of their codes, the first has code 1.</summary>
    public float[] Categories { get; }

    /// <summary>Bits of the largest code: columns that the encoding gives.</summary>
    public int Bits => BitOperations.Log2((uint)Categories.Length) + (Categories.Length > 0 ? 1 : 0);

    /// <summary>Codes of a column's finite values; NaN and infinities get none.</summary>
    public static CategoryCodes Fit(ReadOnlySpan<float> column)
    {
        List<float> categories = [];
        Dictionary<float, int> codes = [];
        foreach (var value in column)
        {
            if (!float.IsFinite(value) || !codes.TryAdd(value, categories.Count + 1)) continue;
            categories.Add(value);
        }

        return new CategoryCodes([.. categories], codes);
    }

    /// <summary>Codes as they were saved.</summary>
    /// <returns>Null where a category isn't finite or stands there twice.</returns>
    public static CategoryCodes? Restore(float[] categories)
    {
        var codes = Fit(categories);
        return codes.Categories.Length == categories.Length ? codes : null;
    }

    /// <summary>Writes the code of a value, highest bit first, as zeros and ones.</summary>
    /// <param name="value">The category, or anything else.</param>
    /// <param name="bits">[<see cref="Bits"/>].</param>
    public void Encode(float value, Span<float> bits)
    {
        var code = _codes.GetValueOrDefault(value);
        for (var i = 0; i < bits.Length; i++) bits[i] = (code >> (bits.Length - 1 - i)) & 1;
    }
}

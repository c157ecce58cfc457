namespace Kafka.Stock.Learning;

/// <summary>Median, mean and scale of one column of numbers.</summary>
static class ColumnFit
{
    /// <summary>Median of the finite values, the mean of the middle two of an even number; 0 where there are none.</summary>
    public static float Median(ReadOnlySpan<float> column)
    {
        var sorted = new float[column.Length];
        var count = 0;
        foreach (var value in column)
        {
            if (float.IsFinite(value)) sorted[count++] = value;
        }

        if (count == 0) return 0f;
        Array.Sort(sorted, 0, count);
        return (float)(((double)sorted[(count - 1) / 2] + sorted[count / 2]) / 2.0);
    }

    /// <summary>Mean and standard deviation over n after imputing, in two passes and in the order of the rows.</summary>
    /// <returns>A scale of 1 for a column that is constant.</returns>
    public static (float Mean, float Scale) MeanAndScale(ReadOnlySpan<float> column, float median)
    {
        var sum = 0.0;
        foreach (var value in column) sum += float.IsFinite(value) ? value : median;
        var mean = (float)(sum / column.Length);
        var squares = 0.0;
        foreach (var value in column)
        {
            var distance = (double)(float.IsFinite(value) ? value : median) - mean;
            squares += distance * distance;
        }

        var scale = (float)Math.Sqrt(squares / column.Length);
        return (mean, scale > 0 ? scale : 1f);
    }
}

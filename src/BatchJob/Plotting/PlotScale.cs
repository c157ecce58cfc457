namespace Kafka.Stock.BatchJob;

/// <summary>Maps values to pixels in a straight line, and names round values in between.</summary>
/// <param name="Min">Value at <paramref name="Start"/>.</param>
/// <param name="Max">Value at <paramref name="End"/>, above <paramref name="Min"/>.</param>
/// <param name="Start">Pixel.</param>
/// <param name="End">Pixel; below <paramref name="Start"/> for an axis that rises.</param>
readonly record struct PlotScale(double Min, double Max, double Start, double End)
{
    /// <summary>Where a value lies.</summary>
    public double At(double value) => Start + ((value - Min) / (Max - Min) * (End - Start));

    /// <summary>A scale that holds all finite values, with a little room; from 0 to 1 where there are none.</summary>
    public static PlotScale Around(IEnumerable<double> values, double start, double end)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite)) (min, max) = (Math.Min(min, value), Math.Max(max, value));
        if (!(min <= max)) return new PlotScale(0, 1, start, end);
        var room = max > min ? 0.05 * (max - min) : Math.Max(Math.Abs(max), 1) * 0.05;
        return new PlotScale(min - room, max + room, start, end);
    }

    /// <summary>Some four to eight multiples of 1, 2 or 5 times a power of ten.</summary>
    public IReadOnlyList<double> Ticks()
    {
        var rough = (Max - Min) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        List<double> ticks = [];
        for (var k = Math.Ceiling(Min / step); k * step <= Max; k++) ticks.Add((k * step) + 0.0); // never -0
        return ticks;
    }
}

using System.Text;

namespace Kafka.Stock.Cli;

/// <summary>A line of block characters: the shape of a series in one row of text.</summary>
static class Sparkline
{
    const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>
    /// Draws <paramref name="values"/> (oldest first) with at most <paramref name="width"/> characters, each the last of
    /// its share.
    /// </summary>
    public static string Draw(IReadOnlyCollection<double> values, int width)
    {
        if (values.Count == 0) return new string(' ', width);
        var all = values.ToArray();
        var (low, high) = (all.Min(), all.Max());
        var points = Math.Min(width, all.Length);
        var line = new StringBuilder(width);
        for (var i = 0; i < points; i++)
        {
            var value = all[((i + 1) * all.Length / points) - 1];
            var height = high > low ? (value - low) / (high - low) : 0.5;
            line.Append(Blocks[Math.Min(Blocks.Length - 1, (int)(height * Blocks.Length))]);
        }

        return line.ToString().PadRight(width);
    }
}

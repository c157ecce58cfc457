using System.Globalization;
using System.Net;

namespace Kafka.Stock.BatchJob;

/// <summary><c>compare.html</c>: the strategies side by side, one self-contained page.</summary>
public static class ComparePage
{
    const int Width = 1000;
    const int Left = 110;
    const int RowHeight = 30;

    /// <summary>Writes the page; it loads nothing from outside.</summary>
    public static void Write(TextWriter writer, StrategyComparison comparison)
    {
        writer.Write("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        writer.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        writer.Write("<title>Kafka.Stock strategies</title>\n<style>\n");
        writer.Write(ReportStyle.Css);
        writer.Write("</style></head>\n<body><main>\n<header><h1>Kafka.Stock: strategies compared</h1><p>");
        writer.Write("Scored on rows that nobody had seen ");
        writer.Write("when the forecast was made. Cost is what a strategy adds to what all share.</p></header>\n");
        foreach (var interval in comparison.Rows.GroupBy(row => row.Scores.Interval))
        {
            List<CompareRow> rows = [.. interval];
            writer.Write($"<section><h2>Bars of {Encoded(interval.Key)}</h2>\n");
            writer.Write(Bars(rows, "MASE above or below no change, in percent", row => 100 * (row.Scores.Mase - 1), "0.00"));
            writer.Write(Bars(rows, "Winkler score of the 90 % intervals, in percent", row => 100 * row.Scores.Winkler, "0.000"));
            writer.Write(Bars(rows, "Processor seconds", row => row.CpuSeconds, "0.00"));
            writer.Write(Bars(rows, "Rows touched, in thousands", row => row.RowsTouched / 1e3, "N0"));
            if (rows.Any(row => row.Alarms > 0)) writer.Write(Bars(
                rows, $"Bars until the loss beyond that of no change is back where it was before a drift alarm; {rows[0].Alarms} alarms",
                row => row.BarsToRecover, "0.0",
                row => row.AlarmsUnrecovered > 0 ? $", {row.AlarmsUnrecovered} not back when the data ended" : ""));
            writer.Write("</section>\n");
        }

        writer.Write(string.Create(
            CultureInfo.InvariantCulture, $"<p class=\"soft\">Shared by all: {comparison.SharedCpuSeconds:0.0} processor seconds.</p>"));
        writer.Write("</main></body></html>\n");
    }

    static string Bars(
        List<CompareRow> rows, string title, Func<CompareRow, double?> value, string format, Func<CompareRow, string>? note = null)
    {
        var values = rows.ConvertAll(row => value(row) ?? 0);
        var low = Math.Min(0, values.Min());
        var scale = new PlotScale(low, Math.Max(values.Max(), low + 1e-9), Left + (low < 0 ? 70 : 0), Width - (note is null ? 80 : 330));
        var html = new System.Text.StringBuilder("<figure><figcaption>").Append(Encoded(title)).Append("</figcaption>\n");
        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {(rows.Count * RowHeight) + 10}\" role=\"img\">");
        html.Append("<title>").Append(Encoded(title)).Append("</title>\n");
        for (var i = 0; i < rows.Count; i++)
        {
            var y = (i * RowHeight) + 6;
            var (from, to) = (Math.Min(scale.At(0), scale.At(values[i])), Math.Max(scale.At(0), scale.At(values[i])));
            var text = (value(rows[i])?.ToString(format, CultureInfo.InvariantCulture) ?? "none") + note?.Invoke(rows[i]);
            html.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left - 16}\" y=\"{y + 16}\" text-anchor=\"end\">");
            html.Append(Encoded(rows[i].Scores.Strategy)).Append("</text>");
            html.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar {ReportPlots.Style(i)}\" x=\"{from:0.#}\" y=\"{y}\" ");
            html.Append(CultureInfo.InvariantCulture, $"width=\"{to - from:0.#}\" height=\"{RowHeight - 8}\" rx=\"3\"/>");
            var (at, anchor) = values[i] < 0 ? (from - 6, "end") : (to + 6, "start");
            html.Append(CultureInfo.InvariantCulture,
                $"<text class=\"tick\" x=\"{at:0.#}\" y=\"{y + 16}\" text-anchor=\"{anchor}\">{text}</text>\n");
        }

        return html.Append("</svg></figure>\n").ToString();
    }

    static string Encoded(string text) => WebUtility.HtmlEncode(text);
}

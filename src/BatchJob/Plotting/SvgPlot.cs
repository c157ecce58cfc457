using System.Globalization;
using System.Net;
using System.Text;

namespace Kafka.Stock.BatchJob;

/// <summary>One plot over time as inline SVG. Colours are classes of the page's style sheet, so that it follows light and dark.</summary>
/// <remarks>Marks are drawn in the order of the calls. A number that isn't finite breaks a line.</remarks>
sealed class SvgPlot
{
    const int Width = 1000;
    const int Left = 62;
    const int Right = 14;
    const int Top = 10;
    const int Bottom = 26;

    readonly StringBuilder _marks = new();
    readonly List<(string Style, string Label, string Swatch)> _legend = [];
    readonly string _title;
    readonly string _format;
    readonly int _height;
    readonly PlotScale _x;
    readonly PlotScale _y;

    /// <summary>An empty plot.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="fromUs">Left end, microseconds since 1970 UTC.</param>
    /// <param name="toUs">Right end.</param>
    /// <param name="values">Values that the vertical axis has to hold.</param>
    /// <param name="format">Format of the numbers beside the vertical axis.</param>
    /// <param name="height">Pixels, with the axis.</param>
    public SvgPlot(string title, double fromUs, double toUs, IEnumerable<double> values, string format, int height = 260)
    {
        (_title, _format, _height) = (title, format, height);
        _x = new PlotScale(fromUs, toUs > fromUs ? toUs : fromUs + 1, Left, Width - Right);
        _y = PlotScale.Around(values, height - Bottom, Top);
    }

    /// <summary>A line.</summary>
    public SvgPlot Line(string style, string label, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Legend(style, label, "swatch");
        _marks.Append($"<path class=\"line {style}\" d=\"");
        var isDown = false;
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(y[i])) _marks.Append(isDown ? 'L' : 'M').Append(Point(x[i], y[i]));
            isDown = double.IsFinite(y[i]);
        }

        _marks.Append("\"><title>").Append(Encoded(label)).Append("</title></path>\n");
        return this;
    }

    /// <summary>The area between two lines; where either isn't finite it has a hole.</summary>
    public SvgPlot Band(string style, string label, ReadOnlySpan<double> x, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        Legend(style, label, "swatch-band");
        _marks.Append($"<path class=\"band {style}\" d=\"");
        for (var start = 0; start < x.Length;)
        {
            var end = start;
            while (end < x.Length && double.IsFinite(lower[end]) && double.IsFinite(upper[end])) end++;
            for (var i = start; i < end; i++) _marks.Append(i == start ? 'M' : 'L').Append(Point(x[i], upper[i]));
            for (var i = end - 1; i >= start; i--) _marks.Append('L').Append(Point(x[i], lower[i]));
            if (end > start) _marks.Append('Z');
            start = end + 1;
        }

        _marks.Append("\"><title>").Append(Encoded(label)).Append("</title></path>\n");
        return this;
    }

    /// <summary>Dots, each with its own words.</summary>
    public SvgPlot Dots(string style, string label, IEnumerable<(double X, double Y, string Words)> dots, double radius = 3)
    {
        Legend(style, label, "swatch-dot");
        foreach (var (x, y, words) in dots.Where(dot => double.IsFinite(dot.Y)))
        {
            _marks.Append(CultureInfo.InvariantCulture,
                $"<circle class=\"dot {style}\" cx=\"{_x.At(x):0.#}\" cy=\"{_y.At(y):0.#}\" r=\"{radius}\">");
            _marks.Append("<title>").Append(Encoded(words)).Append("</title></circle>\n");
        }

        return this;
    }

    /// <summary>Places where the mouse gets words, without a mark.</summary>
    public SvgPlot Words(IEnumerable<(double X, double Y, string Words)> places) => Dots("", "", places, radius: 4);

    /// <summary>A level line across the plot.</summary>
    public SvgPlot Rule(double value, string label)
    {
        var y = _y.At(value);
        _marks.Append(
            CultureInfo.InvariantCulture,
            $"<line class=\"rule\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\">");
        _marks.Append("<title>").Append(Encoded(label)).Append("</title></line>\n");
        return this;
    }

    /// <summary>Upright lines at times, each with its own words.</summary>
    public SvgPlot Uprights(string style, string label, IEnumerable<(double X, string Words)> times)
    {
        Legend(style, label, "swatch");
        foreach (var (time, words) in times)
        {
            var x = _x.At(time);
            _marks.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"upright {style}\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top}\" y2=\"{_height - Bottom}\">");
            _marks.Append("<title>").Append(Encoded(words)).Append("</title></line>\n");
        }

        return this;
    }

    /// <summary>The plot with its title and legend, as HTML.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<figure><figcaption>").Append(Encoded(_title)).Append("</figcaption>\n<div class=\"legend\">");
        foreach (var (style, label, swatch) in _legend)
            html.Append($"<span><i class=\"{swatch} {style}\"></i>{Encoded(label)}</span>");
        html.Append(CultureInfo.InvariantCulture, $"</div>\n<svg viewBox=\"0 0 {Width} {_height}\" role=\"img\">");
        html.Append("<title>").Append(Encoded(_title)).Append("</title>\n");
        AppendAxes(html);
        return html.Append(_marks).Append("</svg></figure>\n").ToString();
    }

    void AppendAxes(StringBuilder html)
    {
        foreach (var value in _y.Ticks())
        {
            var y = _y.At(value);
            html.Append(CultureInfo.InvariantCulture,
                $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>");
            html.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">");
            html.Append(value.ToString(_format, CultureInfo.InvariantCulture)).Append("</text>\n");
        }

        foreach (var (time, label) in TimeTicks.Between(_x.Min, _x.Max))
        {
            var x = _x.At(time);
            var y = _height - Bottom;
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{y}\" y2=\"{y + 5}\"/>");
            var anchor = x > Width - 40 ? "end" : "middle";
            html.Append(CultureInfo.InvariantCulture,
                $"<text class=\"tick\" x=\"{x:0.#}\" y=\"{y + 19}\" text-anchor=\"{anchor}\">{label}</text>\n");
        }

        var bottom = _height - Bottom;
        html.Append(
            CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{bottom}\" y2=\"{bottom}\"/>\n");
    }

    void Legend(string style, string label, string swatch)
    {
        if (label.Length > 0) _legend.Add((style, label, swatch));
    }

    string Point(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{_x.At(x):0.#} {_y.At(y):0.#}");

    static string Encoded(string text) => WebUtility.HtmlEncode(text);
}

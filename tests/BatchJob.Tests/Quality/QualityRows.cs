using System.Globalization;
using System.Text;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>Rows for the gate: made by hand, or read from the market data of developers.</summary>
static class QualityRows
{
    public static readonly ITradingCalendar Calendar = UsEquitiesCalendar.Instance;
    public static readonly SeriesId Series = new("AAPL", "1d", "csv");

    /// <summary>A good daily row at 100 dollars, of the nth session from 2020-01-02 on.</summary>
    public static QualityRow Daily(int session, SeriesId? series = null)
    {
        var day = Calendar.NextSession(new DateOnly(2020, 1, 1));
        for (var index = 0; index < session; index++) day = Calendar.NextSession(day.Day);
        return Row(series ?? Series, day.OpenUs, day.CloseUs);
    }

    /// <summary>The same as the Topology's bar.</summary>
    public static Bar DailyBar(int session, SeriesId? series = null)
    {
        var row = Daily(session, series);
        return new Bar(
            row.Series, row.StartUs, row.EndUs, row.Open!.Value, row.High!.Value, row.Low!.Value, row.Close!.Value, row.Volume!.Value, 0);
    }

    /// <summary>A bar after a split of four to one that nobody adjusted.</summary>
    public static Bar Quarter(Bar bar) => bar with
    {
        Open = new Price(bar.Open.Micros / 4),
        High = new Price(bar.High.Micros / 4),
        Low = new Price(bar.Low.Micros / 4),
        Close = new Price(bar.Close.Micros / 4),
    };

    public static QualityRow Row(SeriesId series, long startUs, long endUs) =>
        new(series, startUs, endUs, Dollars(100), Dollars(101), Dollars(99), Dollars(100), 1_000);

    public static Price Dollars(decimal dollars) => new((long)(dollars * Price.Unit));

    public static QualityGate Gate(
        QualityOptions? options = null, CorporateAction[]? actions = null, AcknowledgedRows? acknowledged = null,
        SeriesTail[]? tails = null) =>
        new(options ?? new QualityOptions(), _ => Calendar, actions ?? [], acknowledged ?? AcknowledgedRows.Empty, tails ?? []);

    public static QualityReport Check(params QualityRow[] rows) => Check(Gate(), rows);

    public static QualityReport Check(QualityGate gate, params IEnumerable<QualityRow> rows)
    {
        foreach (var row in rows) gate.Add(row);
        return gate.Complete(eventTimeUs: null);
    }

    public static QualityResult Of(this QualityReport report, QualityCheck check) => report.Results.Single(result => result.Check == check);

    /// <summary>Days, as the exchange counts them, of the rows that a check names.</summary>
    public static string[] Days(this QualityResult result) =>
        [.. result.Samples.Select(sample => Day(sample.EndUs))];

    public static string Day(long endUs) => Calendar.TradingDay(endUs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Rows of a file of daily bars: <c>dt,open,high,low,close,volume</c>.</summary>
    public static IEnumerable<QualityRow> DailyFile(string path)
    {
        var file = Path.GetFileName(path);
        var series = new SeriesId(Path.GetFileNameWithoutExtension(path), "1d", "csv");
        foreach (var (index, line) in File.ReadLines(path).Index().Skip(1))
        {
            var fields = line.Split(',');
            var day = DateOnly.ParseExact(fields[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.True(Calendar.TryGetSession(day, out var session), $"{file}:{index + 1}");
            yield return new QualityRow(
                series, session.OpenUs, session.CloseUs, PriceOf(fields[1]), PriceOf(fields[2]), PriceOf(fields[3]), PriceOf(fields[4]),
                long.Parse(fields[5], CultureInfo.InvariantCulture), RowPlace.Line(file, index + 1));
        }
    }

    /// <summary>Rows of a file of minute bars: <c>ts_ms_utc,open,high,low,close,volume</c>, named SYMBOL_DAY.</summary>
    public static IEnumerable<QualityRow> MinuteFile(string path)
    {
        var file = Path.GetFileName(path);
        var series = new SeriesId(file.Split('_')[0], "1m", "csv");
        foreach (var (index, line) in File.ReadLines(path).Index().Skip(1))
        {
            var fields = line.Split(',');
            var startUs = long.Parse(fields[0], CultureInfo.InvariantCulture) * 1_000;
            yield return new QualityRow(
                series, startUs, startUs + BarInterval.Minute.LengthUs, PriceOf(fields[1]), PriceOf(fields[2]), PriceOf(fields[3]),
                PriceOf(fields[4]), long.Parse(fields[5], CultureInfo.InvariantCulture), RowPlace.Line(file, index + 1));
        }
    }

    static Price? PriceOf(string text) => Price.TryParse(Encoding.UTF8.GetBytes(text), out var price) ? price : null;
}

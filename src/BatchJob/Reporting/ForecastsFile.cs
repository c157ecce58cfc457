using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary><c>forecasts.csv</c>: one row a forecast, strategy and level.</summary>
public static class ForecastsFile
{
    /// <summary>The header, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "made_on", "target_on", "symbol", "interval", "source", "made_at", "target_time", "last_close", "predicted_close", "level",
        "lower", "upper", "kind", "actual_close", "model_version", "strategy",
    ];

    /// <summary>Writes the forecasts of the range, by series, then time, then strategy, then level.</summary>
    /// <returns>Rows written, without the header.</returns>
    public static long Write(TextWriter writer, ForecastJournal journal, ReportOptions options)
    {
        var csv = new CsvText(writer);
        csv.Row(Columns);
        var rows = 0L;
        foreach (var series in journal.Series)
        {
            for (var i = 0; i < series.Count; i++)
            {
                var madeOn = options.DayOf(series.MadeAtUs[i]);
                if (!options.Includes(madeOn)) continue;
                rows += Write(csv, journal, series, i, madeOn, options.DayOf(series.TargetTimeUs[i]));
            }
        }

        return rows;
    }

    static int Write(CsvText csv, ForecastJournal journal, SeriesJournal series, int at, DateOnly madeOn, DateOnly targetOn)
    {
        foreach (var strategy in series.Columns)
        {
            var version = Version(journal.Model(strategy.Models[at]), strategy.Steps[at]);
            for (var level = 0; level < series.Levels.Count; level++)
            {
                csv.Field(madeOn).Field(targetOn).Field(series.Series.Symbol).Field(series.Series.Interval).Field(series.Series.Source)
                    .Time(series.MadeAtUs[at]).Time(series.TargetTimeUs[at])
                    .Field(series.LastCloses[at]).Field(strategy.PredictedCloses[at]).Field(series.Levels[level])
                    .Field(strategy.Lowers(level)[at]).Field(strategy.Uppers(level)[at]).Field(Word(strategy.Kind(level, at)))
                    .Field(series.ActualCloses[at]).Field(version).Field(strategy.Strategy).EndRow();
            }
        }

        return series.Columns.Count * series.Levels.Count;
    }

    /// <summary>Content hash of the model and the steps that it has taken since; empty where there is no model.</summary>
    static string Version(string model, long steps) =>
        model.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{model}+{steps}");

    static string Word(IntervalKind kind) => kind switch
    {
        IntervalKind.Warming => "warming",
        IntervalKind.Bounded => "bounded",
        IntervalKind.Unbounded => "unbounded",
        _ => "empty",
    };
}

using System.Globalization;

namespace Kafka.Stock.BatchJob.Tests.Reporting;

public sealed class ForecastsFileTests
{
    [Fact]
    public void It_has_a_row_a_forecast_strategy_and_level_with_every_bit_of_every_number()
    {
        var journal = SampleJournal.Run.Value;
        var rows = Rows(journal, new ReportOptions());
        var series = journal.Series.First();
        Assert.Equal(journal.Forecasts * series.Columns.Count * series.Levels.Count, rows.Count);
        var at = 0;
        for (var i = 0; i < series.Count; i++)
        {
            foreach (var columns in series.Columns)
            {
                for (var level = 0; level < series.Levels.Count; level++)
                {
                    var row = rows[at++];
                    Assert.Equal(columns.PredictedCloses[i], Number(row["predicted_close"]));
                    Assert.Equal(columns.Lowers(level)[i], Number(row["lower"]));
                    Assert.Equal(columns.Uppers(level)[i], Number(row["upper"]));
                    Assert.Equal(series.LastCloses[i], Number(row["last_close"]));
                    Assert.Equal(series.Levels[level], Number(row["level"]));
                    Assert.Equal(columns.Strategy, row["strategy"]);
                }
            }
        }
    }

    [Fact]
    public void Trading_days_come_first_and_times_are_in_UTC()
    {
        var row = Rows(SampleJournal.Run.Value, new ReportOptions())[0];
        Assert.Equal(["made_on", "target_on"], ForecastsFile.Columns.Take(2));
        Assert.Equal(("2010-03-31", "2010-04-01"), (row["made_on"], row["target_on"]));
        Assert.Equal(("2010-03-31T20:00:00Z", "2010-04-01T20:00:00Z"), (row["made_at"], row["target_time"]));
    }

    [Fact]
    public void A_label_that_has_not_come_and_a_bound_that_is_not_there_are_empty()
    {
        var rows = Rows(SampleJournal.ByHand([10, 11], _ => (0, null, null)), new ReportOptions());
        Assert.Equal(["11", "11", "", ""], rows.Select(row => row["actual_close"]));
        Assert.All(rows, row => Assert.Equal(("", "", "unbounded"), (row["lower"], row["upper"], row["kind"])));
    }

    [Fact]
    public void A_model_s_version_is_its_hash_and_its_steps()
    {
        var rows = Rows(SampleJournal.Run.Value, new ReportOptions());
        Assert.All(rows.Where(row => row["strategy"] is "naive" or "drift"), row => Assert.Equal("", row["model_version"]));
        Assert.All(rows.Where(row => row["strategy"] == "online"), row => Assert.Matches(@"^[0-9a-f]{64}\+\d+$", row["model_version"]));
    }

    [Fact]
    public void Only_the_range_is_written()
    {
        var options = new ReportOptions { From = new DateOnly(2011, 1, 3), To = new DateOnly(2011, 1, 5) };
        var days = Rows(SampleJournal.Run.Value, options).Select(row => row["made_on"]).Distinct();
        Assert.Equal(["2011-01-03", "2011-01-04", "2011-01-05"], days);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    public void Fields_are_quoted_where_RFC_4180_asks_for_it(string text, string expected)
    {
        var writer = new StringWriter();
        new CsvText(writer).Row(text, text);
        Assert.Equal($"{expected},{expected}\r\n", writer.ToString());
    }

    [Fact]
    public void What_is_not_a_number_is_an_empty_field()
    {
        var writer = new StringWriter();
        new CsvText(writer).Field(double.NaN).Field((double?)null).Field(double.PositiveInfinity).Field(0.1).EndRow();
        Assert.Equal(",,,0.1\r\n", writer.ToString());
    }

    [Fact]
    public void Scores_are_written_under_their_names()
    {
        var writer = new StringWriter();
        var report = Report.Of(SampleJournal.Run.Value, SampleJournal.Early);
        ReportFile.Write(writer, report);
        var rows = Parsed(writer.ToString());
        Assert.Equal(report.Rows.Count, rows.Count);
        foreach (var (row, written) in report.Rows.Zip(rows))
        {
            Assert.Equal((row.Series, row.Period, row.Strategy), (written["series"], written["period"], written["strategy"]));
            Assert.Equal(row.Mase ?? double.NaN, Number(written["mase"]));
            Assert.Equal(row.WinklerToEwma ?? double.NaN, Number(written["winkler_to_ewma"]));
            Assert.Equal(row.EvidenceOnlineMax ?? double.NaN, Number(written["e_online_max"]));
        }
    }

    static List<Dictionary<string, string>> Rows(ForecastJournal journal, ReportOptions options)
    {
        var writer = new StringWriter();
        var count = ForecastsFile.Write(writer, journal, options);
        var rows = Parsed(writer.ToString());
        Assert.Equal(rows.Count, count);
        return rows;
    }

    static List<Dictionary<string, string>> Parsed(string text)
    {
        var lines = text.Split("\r\n");
        Assert.Equal("", lines[^1]);
        var header = lines[0].Split(',');
        return [.. lines[1..^1].Select(line => header.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}

using System.Text.Json;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>What people and programs read.</summary>
public sealed class QualityReportTests
{
    static readonly QualityRow[] s_rows =
    [
        QualityRows.Daily(0), QualityRows.Daily(1) with { Volume = null, Place = RowPlace.Line("AAPL.csv", 3) },
        QualityRows.Daily(2) with { Volume = null, Place = RowPlace.Offset("stock.market.v1[3]", 81_220) },
        QualityRows.Daily(4) with { Volume = null },
    ];

    [Fact]
    public void The_table_names_bad_rows_as_lines_that_acknowledge_them()
    {
        var text = QualityRows.Check(QualityRows.Gate(new QualityOptions { SamplesMax = 2 }), s_rows).ToText();
        string[] expected =
        [
            "check                rule                                                level  status  rows  bad  acknowledged",
            "size                 size > 0                                            fail   passed     4    0             0",
            "completeness_volume  completeness of volume = 1                          fail   failed     4    3             0",
            "gaps                 no gap against the exchange calendar                warn   warned     3    1             0",
            "completeness_volume: completeness of volume = 1",
            "  AAPL/1d/csv,2020-01-03T21:00:00Z,completeness_volume, no volume  (AAPL.csv:3)",
            "  AAPL/1d/csv,2020-01-06T21:00:00Z,completeness_volume, no volume  (stock.market.v1[3]@81220)",
            "  ... and 1 more",
            "  AAPL/1d/csv,2020-01-08T21:00:00Z,gaps, missing bars: 1, since 2020-01-06T21:00:00Z",
        ];
        Assert.Equal(expected, text.Split('\n').Intersect(expected));
        Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void The_json_has_every_check_and_its_samples()
    {
        using var json = JsonDocument.Parse(QualityRows.Check(QualityRows.Gate(), s_rows).ToJson());
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToList();
        Assert.Equal(QualityCheck.All.Select(check => check.Name), checks.Select(check => check.GetProperty("name").GetString()));
        var volume = checks.Single(check => check.GetProperty("name").GetString() == "completeness_volume");
        Assert.Equal("failed", volume.GetProperty("status").GetString());
        Assert.Equal("fail", volume.GetProperty("level").GetString());
        Assert.Equal(4, volume.GetProperty("rows").GetInt64());
        Assert.Equal(3, volume.GetProperty("bad").GetInt64());
        var sample = volume.GetProperty("samples")[0];
        Assert.Equal("AAPL/1d/csv", sample.GetProperty("series").GetString());
        Assert.Equal("2020-01-03T21:00:00Z", sample.GetProperty("end").GetString());
        Assert.Equal("AAPL.csv:3", sample.GetProperty("place").GetString());
        Assert.Equal("no volume", sample.GetProperty("found").GetString());
        Assert.False(volume.GetProperty("samples")[2].TryGetProperty("place", out _));
    }

    [Fact]
    public void A_refusal_names_check_rows_and_what_to_do()
    {
        var report = QualityRows.Check(QualityRows.Gate(new QualityOptions { SamplesMax = 1 }), s_rows);
        var refusal = report.Refusal("silver/bars");
        Assert.NotNull(refusal);
        Assert.Equal(
            "silver/bars: found completeness_volume (completeness of volume = 1) broken by AAPL/1d/csv 2020-01-03T21:00:00Z at AAPL.csv:3: "
            + "no volume and 2 more; expected rows that pass the quality gate, or lines that acknowledge them",
            refusal.Message);
        Assert.Equal(Verdict.Stop, refusal.Verdict);
    }

    [Fact]
    public void Warnings_alone_stop_nothing()
    {
        var report = QualityRows.Check(QualityRows.Daily(0), QualityRows.Daily(5));
        Assert.Equal(QualityStatus.Warned, report.Of(QualityCheck.Gaps).Status);
        Assert.True(report.IsPassed);
        Assert.Null(report.Refusal("silver/bars"));
    }

    [Fact]
    public void Names_of_checks_are_unique_and_found()
    {
        Assert.Equal(QualityCheck.All.Count, QualityCheck.All.Select(check => check.Name).Distinct().Count());
        Assert.All(QualityCheck.All, check => Assert.Same(check, QualityCheck.Named(check.Name)));
        Assert.Throws<ConfigurationException>(() => QualityCheck.Named("gasp"));
    }
}

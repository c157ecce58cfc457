using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>What holds for any rows, good and bad.</summary>
public sealed class QualityGateProperties
{
    static readonly QualityOptions s_allSamples = new() { SamplesMax = 1_000 };
    static readonly string[] s_symbols = ["AAPL", "IBM", "MSFT"];

    /// <summary>Checks whose answer for a row doesn't depend on where a pass began; repeats from before a pass's beginning are known
    /// only for the very last row.</summary>
    static readonly IEnumerable<QualityCheck> s_ofRows =
        QualityCheck.All.Except([QualityCheck.Size, QualityCheck.Freshness, QualityCheck.Unique]);

    [Fact]
    public void Two_passes_find_what_one_finds() => ForAll((rows, cut) =>
    {
        var whole = QualityRows.Check(QualityRows.Gate(s_allSamples), rows);
        var first = QualityRows.Gate(s_allSamples);
        var earlier = QualityRows.Check(first, rows[..cut]);
        var later = QualityRows.Check(QualityRows.Gate(s_allSamples, tails: [.. first.Tails]), rows[cut..]);
        return s_ofRows.All(check => earlier.Of(check).Samples.Concat(later.Of(check).Samples).SequenceEqual(whole.Of(check).Samples)
            && earlier.Of(check).RowsChecked + later.Of(check).RowsChecked == whole.Of(check).RowsChecked);
    });

    [Fact]
    public void Series_do_not_touch_each_other() => ForAll((rows, _) =>
    {
        var together = QualityRows.Check(QualityRows.Gate(s_allSamples), rows);
        return s_symbols.All(symbol =>
        {
            var alone = QualityRows.Check(QualityRows.Gate(s_allSamples), rows.Where(row => row.Series.Symbol == symbol));
            return s_ofRows.Append(QualityCheck.Unique).All(check => alone.Of(check).Samples.SequenceEqual(
                together.Of(check).Samples.Where(sample => sample.Series!.Value.Symbol == symbol)));
        });
    });

    /// <summary>Whoever appends a reason to each line of the report gets a file that lets exactly these rows through.</summary>
    [Fact]
    public void Lines_of_the_report_with_a_reason_acknowledge_its_rows() => ForAll((rows, _) =>
    {
        var report = QualityRows.Check(QualityRows.Gate(s_allSamples), rows);
        var lines = report.Results.SelectMany(result => result.Samples.Select(sample =>
            AcknowledgedRows.LineFor(result.Check, sample.Series!.Value, sample.EndUs) + "seen, and right")).Distinct();
        var acknowledged = AcknowledgedRows.Parse("acknowledged.csv", string.Join('\n', lines));
        var again = QualityRows.Check(QualityRows.Gate(s_allSamples, acknowledged: acknowledged), rows);
        return again.Refusal("silver/bars") is null
            && again.Results.Zip(report.Results).All(pair => pair.First.RowsBad == 0
                && pair.First.RowsAcknowledged == pair.Second.RowsBad
                && pair.First.Status == (pair.Second.RowsBad == 0 ? QualityStatus.Passed : QualityStatus.Acknowledged));
    });

    [Fact]
    public void Fewer_samples_change_no_count_and_no_verdict() => ForAll((rows, cut) =>
    {
        var all = QualityRows.Check(QualityRows.Gate(s_allSamples), rows);
        var few = QualityRows.Check(QualityRows.Gate(s_allSamples with { SamplesMax = cut }), rows);
        return all.Results.Zip(few.Results).All(pair => pair.First with { Samples = pair.Second.Samples } == pair.Second
            && pair.Second.Samples.SequenceEqual(pair.First.Samples.Take(cut)));
    });

    /// <summary>Up to 60 rows of three series with sessions left out, repeated or turned round, and values spoilt; and a number of
    /// them.</summary>
    static void ForAll(Func<QualityRow[], int, bool> property)
    {
        var row = from symbol in Gen.Elements(s_symbols)
                  from step in Gen.Frequency((20, Gen.Constant(1)), (1, Gen.Constant(0)), (1, Gen.Constant(-2)), (2, Gen.Constant(3)))
                  from spoiling in Gen.Frequency((12, Gen.Constant(0)), (5, Gen.Choose(1, 9)))
                  select (symbol, step, spoiling);
        var cases = from drafts in row.ArrayOf() from cut in Gen.Choose(0, 60) select (Rows: Rows(drafts.Take(60)), cut);
        Prop.ForAll(cases.ToArbitrary(), one => one.Rows.Length == 0 || property(one.Rows, Math.Min(one.cut, one.Rows.Length)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_200_102, 1));
    }

    static QualityRow[] Rows(IEnumerable<(string Symbol, int Step, int Spoiling)> drafts)
    {
        var sessions = s_symbols.ToDictionary(symbol => symbol, _ => 10);
        var rows = new List<QualityRow>();
        foreach (var (symbol, step, spoiling) in drafts)
        {
            sessions[symbol] += step;
            var good = QualityRows.Daily(sessions[symbol], QualityRows.Series with { Symbol = symbol }) with
            {
                Place = RowPlace.Offset("stock.market.v1[0]", rows.Count),
            };
            rows.Add(Spoilt(good, spoiling));
        }

        return [.. rows];
    }

    static QualityRow Spoilt(QualityRow row, int spoiling) => spoiling switch
    {
        1 => row with { Close = null },
        2 => row with { Volume = null },
        3 => row with { Open = new Price(-1) },
        4 => row with { Volume = long.MaxValue },
        5 => row with { High = new Price(1) },
        6 => row with { Low = QualityRows.Dollars(1_000) },
        7 => row with { Low = new Price(1) },
        8 => row with { Close = QualityRows.Dollars(300), High = QualityRows.Dollars(300) },
        9 => row with { Open = null, High = null, Low = null, Close = null, Volume = null },
        _ => row,
    };
}

using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.BatchJob.Tests.Simulating;

public sealed class SimulationTests
{
    static readonly SimulationOptions s_never = new() { Schedule = RetrainSchedule.Never };

    /// <summary>Months are long for tests: 440 sessions have three month ends with enough rows.</summary>
    static readonly Lazy<RecordedLog> s_monthly = new(
        () => Simulated.Run(SampleWalks.Of(21, 440, 3, memory: 0.35), new SimulationOptions()));

    [Fact]
    public void Without_retrains_it_is_the_plain_composition_of_the_folds_byte_for_byte()
    {
        var records = SampleWalks.Of(seed: 21, sessions: 120, symbols: 3);
        var plain = new RecordedLog();
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
        var batches = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic == StockTopics.MicroBatches) trainer.Apply(record, plain.Output);
        });
        var topology = new FoldPartition<MarketMessage, TopologyState>(new TopologyFold(new TopologyOptions()));
        var market = new EncodingOutput((Topic _, in LogRecord record) => topology.Apply(record, batches));
        foreach (var bar in records.Cast<SourceBar>()) market.Publish(StockTopics.Market, bar.Symbol, bar);

        var simulated = Simulated.Run(records, s_never);
        Assert.True(plain.Of<Forecast>().Count > 100);
        Assert.Equal(Bodies(plain, StockTopics.Forecasts), Bodies(simulated, StockTopics.Forecasts));
        Assert.Equal(Bodies(plain, StockTopics.Scores), Bodies(simulated, StockTopics.Scores));
        Assert.Empty(Bodies(simulated, StockTopics.Decisions));
    }

    [Fact]
    public void A_month_end_decides_once_and_its_models_are_named_by_the_forecasts_that_follow()
    {
        var log = s_monthly.Value;
        var decisions = log.Of<RetrainDecision>();
        Assert.Equal(["2011-07-01", "2011-08-01", "2011-09-01"], decisions.Select(one => DayOf(one.DecidedAtUs)));
        Assert.True(decisions.Any(one => one.Promoted), string.Join('\n', decisions.Select(DecisionText.ToJson)));
        var promoted = decisions.First(one => one.Promoted);
        var model = promoted.Models.Single(one => one.Symbol == "S1");
        var champions = log.Of<Forecast>().Where(one => one.Series.Symbol == "S1")
            .Select(one => (one.MadeAtUs, one.Strategies.Single(s => s.Strategy == Strategies.Batch).ModelId)).ToList();
        Assert.All(champions.Where(one => one.MadeAtUs < promoted.EffectiveFromUs), one => Assert.NotEqual(model.ModelId, one.ModelId));
        Assert.Equal(model.ModelId, champions.First(one => one.MadeAtUs >= promoted.EffectiveFromUs).ModelId);
    }

    [Fact]
    public void The_quality_gate_is_on_and_each_decision_says_how_sure_one_may_be()
    {
        var decisions = s_monthly.Value.Of<RetrainDecision>();
        Assert.All(decisions, one => Assert.Equal(("passed", 0), (one.Gate, one.Checks.Count)));
        var days = decisions.Select(one => one.Evidence.Single(evidence => evidence.Strategy == Strategies.Aggregate).Days).ToList();
        Assert.True(days[0] > 250 && days[0] < days[1] && days[1] < days[2], string.Join(' ', days));
        foreach (var (decision, evidence) in decisions.SelectMany(one => one.Evidence.Select(evidence => (one, evidence))))
        {
            var known = s_monthly.Value.Of<Score>().Count(score => score.TargetEndUs <= decision.DecidedAtUs);
            Assert.Equal(known, evidence.Rows);
        }

        var off = Simulated.Run(SampleWalks.Of(21, 440, 3, memory: 0.35), new SimulationOptions { Gate = null });
        Assert.Equal(
            decisions.Select(one => DecisionText.ToJson(one with { Gate = "off" })),
            off.Of<RetrainDecision>().Select(DecisionText.ToJson));
        Assert.Equal(Bodies(s_monthly.Value, StockTopics.Forecasts), Bodies(off, StockTopics.Forecasts));
    }

    [Fact]
    public void A_row_that_fails_costs_its_month_the_retrain_and_no_other_month()
    {
        var records = SampleWalks.Of(21, 440, 3, memory: 0.35);
        var month = s_monthly.Value.Of<RetrainDecision>()[1];
        var at = records.FindIndex(record => ((SourceBar)record).EndUs > month.DecidedAtUs - (10 * 86_400_000_000L));
        var bad = (SourceBar)records[at] with { Volume = 20_000_000_000 };
        records[at] = bad;
        var decisions = Simulated.Run(records, new SimulationOptions()).Of<RetrainDecision>();
        Assert.Equal(["passed", "failed", "passed"], decisions.Select(one => one.Gate));
        Assert.Equal(
            (false, "the quality gate failed: nothing was trained (max_volume 1)", 0),
            (decisions[1].Promoted, decisions[1].Reason, decisions[1].Models.Count));
        Assert.StartsWith(
            $"{bad.Symbol}/1d/csv {QualityRows.Day(bad.EndUs)}", Assert.Single(decisions[1].Checks).Named[0], StringComparison.Ordinal);
        Assert.NotEmpty(decisions[1].Evidence);
        Assert.NotEmpty(decisions[2].Models);
    }

    [Fact]
    public void It_is_equal_to_itself_whatever_the_number_of_threads()
    {
        var options = new SimulationOptions { Retrain = new RetrainOptions { Parallelism = 3 } };
        var again = Simulated.Run(SampleWalks.Of(21, 440, 3, memory: 0.35), options);
        Assert.Equal(s_monthly.Value.Records.Select(record => record.Body), again.Records.Select(record => record.Body));
    }

    [Fact]
    public void Another_order_of_symbols_within_an_instant_changes_no_forecast()
    {
        // What spreads series over partitions: each keeps its own order, the interleaving is another.
        var records = SampleWalks.Of(21, 440, 3, memory: 0.35);
        var turned = records.Cast<SourceBar>().OrderBy(bar => bar.EndUs).ThenByDescending(bar => bar.Symbol, StringComparer.Ordinal);
        var log = Simulated.Run(turned.Cast<object>(), new SimulationOptions());
        Assert.Equal(Sorted(s_monthly.Value), Sorted(log));
        Assert.Equal(Bodies(s_monthly.Value, StockTopics.Decisions), Bodies(log, StockTopics.Decisions));

        static IEnumerable<string> Sorted(RecordedLog log) =>
            log.Of<Forecast>().Zip(Bodies(log, StockTopics.Forecasts)).OrderBy(one => one.First.Series).ThenBy(one => one.First.MadeAtUs)
                .Select(one => Convert.ToHexString(one.Second));
    }

    [Fact]
    public void Another_artefact_changes_forecasts_from_its_first_bar_on_and_none_before()
    {
        var log = s_monthly.Value;
        var promotions = log.Of<ModelPromotion>();
        var target = promotions[0];
        var other = promotions.First(one => one.Series != target.Series);
        var exchanged = target with { ModelId = other.ModelId, Artefact = other.Artefact, HybridArtefact = other.HybridArtefact };

        var honest = Refold(log, (_, promotion) => promotion);
        var changed = Refold(log, (index, promotion) => index == 0 ? exchanged : promotion);
        Assert.Equal(Bodies(log, StockTopics.Forecasts), Bodies(honest, StockTopics.Forecasts));
        var pairs = honest.Of<Forecast>().Zip(Bodies(honest, StockTopics.Forecasts), Bodies(changed, StockTopics.Forecasts)).ToList();
        var touched = pairs.Where(one => !one.Second.AsSpan().SequenceEqual(one.Third)).ToList();
        Assert.NotEmpty(touched);
        Assert.All(touched, one => Assert.True(
            one.First.Series == target.Series && one.First.MadeAtUs >= target.EffectiveFromUs, $"{one.First.Series}@{one.First.MadeAtUs}"));
        Assert.Contains(touched, one => DayOf(one.First.MadeAtUs) == DayOf(target.EffectiveFromUs));

        static RecordedLog Refold(RecordedLog log, Func<int, ModelPromotion, ModelPromotion> change)
        {
            var names = new NamePool();
            var result = new RecordedLog();
            var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
            var input = new EncodingOutput((Topic _, in LogRecord record) => trainer.Apply(record, result.Output));
            var index = 0;
            foreach (var (topic, schema, body) in log.Records.Where(record => record.Topic == StockTopics.MicroBatches))
            {
                if (schema != ModelPromotion.SchemaName)
                {
                    trainer.Apply(new LogRecord(schema, default, body, 0), result.Output);
                    continue;
                }

                ModelPromotion? promotion = null;
                AvroBody.Read(body, names, ref promotion);
                input.Publish(topic, promotion!.Series.Symbol, change(index++, promotion));
            }

            return result;
        }
    }

    [Fact]
    public void First_models_take_over_at_the_next_bar_and_retrains_begin_after_them()
    {
        var records = SampleWalks.Of(21, 440, 2, memory: 0.35);
        var untilUs = UsEquitiesCalendar.Instance.DayStartUs(new DateOnly(2011, 7, 15));
        var log = Simulated.Run(records, new SimulationOptions { TrainUntilUs = untilUs });
        Assert.Equal(
            ["initial 2011-07-15", "month 2011-08-01", "month 2011-09-01"],
            log.Of<RetrainDecision>().Select(one => $"{one.Trigger} {DayOf(one.DecidedAtUs)}"));
        var first = log.Of<ModelPromotion>().First(one => one.Series.Symbol == "S0");
        Assert.True(first.Initial && first.TrainedUntilUs <= untilUs);
        var next = log.Of<Forecast>().First(one => one.Series.Symbol == "S0" && one.MadeAtUs > untilUs);
        Assert.All([Strategies.Online, Strategies.Batch, Strategies.Hybrid], strategy =>
            Assert.Equal(first.ModelId, next.Strategies.Single(one => one.Strategy == strategy).ModelId));
        Assert.Equal("2011-07-15", DayOf(next.MadeAtUs));
    }

    [Fact]
    public void First_models_without_rows_or_without_a_later_record_are_refused()
    {
        var records = SampleWalks.Of(21, 100, 1);
        var early = new SimulationOptions { TrainUntilUs = UsEquitiesCalendar.Instance.DayStartUs(new DateOnly(2010, 2, 1)) };
        var tooEarly = Assert.Throws<RefusedException>(() => Simulated.Run(records, early));
        Assert.Contains("at least 250 rows", tooEarly.Message, StringComparison.Ordinal);
        var late = new SimulationOptions { TrainUntilUs = UsEquitiesCalendar.Instance.DayStartUs(new DateOnly(2020, 1, 1)) };
        var tooLate = Assert.Throws<RefusedException>(() => Simulated.Run(records, late));
        Assert.Contains("no record after it", tooLate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_asks_for_a_retrain_at_most_once_in_21_sessions()
    {
        // Returns ten times as large from one day on: the detectors fire again and again.
        var records = SampleWalks.Of(seed: 5, sessions: 520, symbols: 2);
        for (var i = 800; i < records.Count; i++) records[i] = Jumpy((SourceBar)records[i], i);
        var log = Simulated.Run(records, new SimulationOptions { Schedule = RetrainSchedule.OnDrift });
        var alarms = log.Of<DriftAlarm>();
        var decisions = log.Of<RetrainDecision>();
        Assert.NotEmpty(decisions);
        Assert.True(alarms.Count > decisions.Count, $"{alarms.Count} alarms, {decisions.Count} decisions");
        Assert.All(decisions, one => Assert.Equal(RetrainTrigger.Drift, one.Trigger));
        Assert.All(decisions, one => Assert.Contains(alarms, alarm => alarm.AtUs == one.DecidedAtUs));
        Assert.All(decisions.Zip(decisions.Skip(1)), two =>
            Assert.True(two.Second.DecidedAtUs - two.First.DecidedAtUs >= 21 * 86_400_000_000L));

        static SourceBar Jumpy(SourceBar bar, int i)
        {
            var micros = (long)(bar.Close.Micros * (1 + (0.5 * Math.Abs(Math.Sin(i)))));
            return bar with { Close = new Price(micros), High = new Price(2 * Math.Max(micros, bar.High.Micros)) };
        }
    }

    [Fact]
    public void A_record_that_makes_no_sense_is_told_of_and_changes_nothing_else()
    {
        var records = SampleWalks.Of(seed: 5, sessions: 100, symbols: 1);
        var defects = new List<RecordDefectException>();
        var log = new RecordedLog();
        var simulation = new Simulation(s_never, log.Output, deadLetter: defects.Add);
        foreach (var record in records)
        {
            Simulated.Apply(simulation, record);
            Simulated.Apply(simulation, (SourceBar)record with { Sequence = long.MaxValue / 2, Close = new Price(0) });
        }

        simulation.Finish();
        Assert.Equal((100, 100L), (defects.Count, simulation.DeadLetters));
        Assert.Equal(Bodies(Simulated.Run(records, s_never), StockTopics.Forecasts), Bodies(log, StockTopics.Forecasts));
    }

    [Fact]
    public void Progress_counts_records_and_decisions()
    {
        var seen = new List<SimulationProgress>();
        var records = SampleWalks.Of(21, 440, 3, memory: 0.35);
        var simulation = new Simulation(new SimulationOptions(), new RecordedLog().Output, seen.Add);
        foreach (var record in records) Simulated.Apply(simulation, record);
        simulation.Finish();
        Assert.Equal(simulation.Progress, seen[^1]);
        Assert.Equal((1320L, 3), (seen[^1].Records, seen[^1].Decisions));
        Assert.Equal(1 + 3 + 1, seen.Count);
        Assert.Equal(((SourceBar)records[^1]).EndUs, seen[^1].EventTimeUs);
    }

    [Fact]
    public void Two_horizons_are_refused() => Assert.Throws<ConfigurationException>(
        () => new Simulation(new SimulationOptions { Trainer = new TrainerOptions { HorizonBars = 2 } }, new RecordedLog().Output));

    [Fact]
    public void A_longer_horizon_holds_back_with_its_gap()
    {
        var options = new SimulationOptions
        {
            Topology = new TopologyOptions { HorizonBars = 5 },
            Trainer = new TrainerOptions { HorizonBars = 5 },
        };
        var log = Simulated.Run(SampleWalks.Of(21, 440, 2, memory: 0.35), options);
        Assert.NotEmpty(log.Of<RetrainDecision>());
        var made = log.Of<Forecast>().Where(one => one.Series.Symbol == "S0").Select(one => one.MadeAtUs).ToList();
        foreach (var decision in log.Of<RetrainDecision>())
        {
            // 63 rows whose targets closed by then, and four bars whose targets hadn't; the last target learnt from closed no later than
            // the first of the 63 was made.
            var last = made.FindLastIndex(us => us < decision.DecidedAtUs);
            Assert.Equal(made[last - 5 - 62], decision.Models[0].TrainedUntilUs);
        }
    }

    static List<byte[]> Bodies(RecordedLog log, Topic topic) =>
        [.. log.Records.Where(record => record.Topic == topic).Select(record => record.Body)];

    static string DayOf(long timeUs) => UsEquitiesCalendar.Instance.TradingDay(timeUs).ToString("O");
}

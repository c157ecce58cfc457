using Kafka.Stock.BatchJob;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Sources;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;
using static Kafka.Stock.Cli.SettingTable;

namespace Kafka.Stock.Cli;

/// <summary>Settings as the options of the folds; they have been checked.</summary>
static class FoldOptions
{
    /// <exception cref="UsageException">Settings that make no sense together.</exception>
    public static TopologyOptions Topology(SettingValues values) => new()
    {
        Target = values.Text(SettingTable.Target) == "next-bar" ? TargetKind.NextBar : TargetKind.NextSessionClose,
        Pipeline = Pipeline(values),
        Reference = ReferenceSymbol(values),
        Calendar = Calendar(values),
        TickIntervals = Intervals(values),
        HorizonBars = (int)values.Whole(Horizon),
        ReplayCapacityRows = (int)values.Whole(ReplayCapacity),
        BatchRows = (int)values.Whole(BatchRows),
        ReplayLambda = values.Real(ReplayLambda),
        Seed = (ulong)values.Whole(Seed),
        RestartAfterDays = (int)values.Whole(RestartAfterDays),
        OpenWindowsMax = (int)values.Whole(OpenWindowsMax),
    };

    /// <exception cref="UsageException">Settings that make no sense together.</exception>
    public static TrainerOptions Trainer(SettingValues values) => new()
    {
        Pipeline = Pipeline(values),
        HiddenUnits = (int)values.Whole(HiddenUnits),
        Adam = new AdamOptions
        {
            LearningRate = values.Real(LearningRate),
            WeightDecay = values.Real(WeightDecay),
            ClipNorm = values.Real(ClipNorm),
            Loss = values.Text(Loss) == "squared" ? LossKind.Squared : LossKind.Huber,
        },
        Levels = [.. values.List(Levels).Select(text => SettingKinds.TryReal(text, out var level) ? level : double.NaN)],
        HorizonBars = (int)values.Whole(Horizon),
        Seed = (ulong)values.Whole(Seed),
    };

    public static RetrainOptions Retrain(SettingValues values) => new()
    {
        Recipe = values.Text(SettingTable.Recipe) == TrainingRecipe.Seed.Name ? TrainingRecipe.Seed : TrainingRecipe.Default,
        Trainer = Trainer(values),
        Seed = (ulong)values.Whole(Seed),
    };

    /// <summary>The quality gate as it is without flags of its own; null where it is off.</summary>
    public static QualityOptions? Gate(SettingValues values) => values.Text(SettingTable.Gate) == "on" ? new QualityOptions() : null;

    public static ITradingCalendar Calendar(SettingValues values) =>
        TradingCalendars.TryGet(values.Text(SettingTable.Calendar), out var calendar) ? calendar : UsEquitiesCalendar.Instance;

    /// <summary>Symbol of the market reference; null for none.</summary>
    public static string? ReferenceSymbol(SettingValues values) =>
        values.Text(SettingTable.Reference) != "none" && SymbolRule.TryParse(values.Text(SettingTable.Reference), out var symbol)
            ? symbol
            : null;

    static FeaturePipeline Pipeline(SettingValues values)
    {
        var name = values.Text(SettingTable.Pipeline);
        return FeaturePipeline.Find(name, ReferenceSymbol(values) is not null)
            ?? throw new UsageException([$"--pipeline {name} has no form with a market reference: leave --reference out, or use price-v1"]);
    }

    static BarInterval[] Intervals(SettingValues values)
    {
        BarInterval[] intervals = [.. values.List(TickIntervals).Select(BarInterval.Parse).Distinct()];
        if (values.Text(SettingTable.Target) == "next-bar" || intervals.Count(interval => !interval.IsSession) <= 1) return intervals;
        throw new UsageException(
            [$"--target next-session-close with --tick-intervals {values.Text(TickIntervals)}: the forecast is refreshed by one interval"]);
    }
}

using Kafka.Stock.BatchJob;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;
using static Kafka.Stock.Cli.SettingTable;

namespace Kafka.Stock.Cli;

/// <summary>Settings as the options of the folds; they have been checked.</summary>
static class FoldOptions
{
    public static TopologyOptions Topology(SettingValues values) => new()
    {
        Calendar = Calendar(values),
        TickIntervals = [.. values.List(TickIntervals).Select(BarInterval.Parse).Distinct()],
        HorizonBars = (int)values.Whole(Horizon),
        ReplayCapacityRows = (int)values.Whole(ReplayCapacity),
        BatchRows = (int)values.Whole(BatchRows),
        ReplayLambda = values.Real(ReplayLambda),
        Seed = (ulong)values.Whole(Seed),
        RestartAfterDays = (int)values.Whole(RestartAfterDays),
        OpenWindowsMax = (int)values.Whole(OpenWindowsMax),
    };

    public static TrainerOptions Trainer(SettingValues values) => new()
    {
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

    public static ITradingCalendar Calendar(SettingValues values) =>
        TradingCalendars.TryGet(values.Text(SettingTable.Calendar), out var calendar) ? calendar : UsEquitiesCalendar.Instance;
}

using System.Globalization;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Cli;

/// <summary>Settings as the options of a simulation; they have been checked.</summary>
static class SimulationSettings
{
    public static SimulationOptions Of(SettingValues values)
    {
        var topology = FoldOptions.Topology(values);
        return new SimulationOptions
        {
            Topology = topology,
            Trainer = FoldOptions.Trainer(values),
            Schedule = values.Text(SettingTable.Retrain) switch
            {
                "monthly" => RetrainSchedule.Monthly,
                "on-drift" => RetrainSchedule.OnDrift,
                _ => RetrainSchedule.Never,
            },
            Gate = FoldOptions.Gate(values),
            TrainUntilUs = Day(values, SettingTable.TrainUntil) is { } day ? topology.Calendar.DayStartUs(day.AddDays(1)) : null,
            Retrain = new RetrainOptions
            {
                Recipe = values.Text(SettingTable.Recipe) == TrainingRecipe.Seed.Name ? TrainingRecipe.Seed : TrainingRecipe.Default,
                Seed = (ulong)values.Whole(SettingTable.Seed),
            },
        };
    }

    /// <summary>The symbols that are wanted; empty for all.</summary>
    public static IReadOnlySet<string> Symbols(SettingValues values) =>
        (values.TextOrNull(SettingTable.Symbols)?.Split(',') ?? []).Select(symbol => symbol.ToUpperInvariant())
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>A day that may have been set.</summary>
    public static DateOnly? Day(SettingValues values, Setting setting) => values.TextOrNull(setting) is { } text
        ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;
}

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

    /// <summary>Adds what no single setting shows: days that the calendar doesn't know, and a range that ends before it
    /// begins.</summary>
    public static void Check(VerbContext context)
    {
        var calendar = FoldOptions.Calendar(context.Values);
        if (TryDay(context.Values, SettingTable.TrainUntil, out var until) && (until < calendar.FirstDay || until >= calendar.LastDay))
        {
            context.Problem(
                $"{SettingTable.TrainUntil.Flag}: found {Text(until)}; expected a day from {Text(calendar.FirstDay)} to "
                    + $"{Text(calendar.LastDay.AddDays(-1))}, which calendar {calendar.Name} knows");
        }

        if (TryDay(context.Values, SettingTable.From, out var from) && TryDay(context.Values, SettingTable.To, out var to) && from > to)
        {
            context.Problem(
                $"{SettingTable.From.Flag}: found {Text(from)}, after {SettingTable.To.Flag} {Text(to)}; "
                    + "expected that day or one before it");
        }

        static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Adds that a verb has no use for a market reference, where one is named.</summary>
    public static void RefuseReference(VerbContext context, string why)
    {
        if (FoldOptions.ReferenceSymbol(context.Values) is { } named)
            context.Problem($"{SettingTable.Reference.Flag}: found {named}; expected none: {why}");
    }

    /// <summary>The symbols that are wanted; empty for all.</summary>
    public static IReadOnlySet<string> Symbols(SettingValues values) =>
        (values.TextOrNull(SettingTable.Symbols)?.Split(',') ?? []).Select(symbol => symbol.ToUpperInvariant())
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>A day that may have been set.</summary>
    public static DateOnly? Day(SettingValues values, Setting setting) => values.TextOrNull(setting) is { } text
        ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;

    /// <summary>A day, where the verb has the setting and it is one: what isn't has been told already.</summary>
    static bool TryDay(SettingValues values, Setting setting, out DateOnly day)
    {
        day = default;
        return values.Has(setting) && DateOnly.TryParseExact(
            values.Text(setting), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }
}

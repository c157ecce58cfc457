using System.CommandLine;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock batch</c>: models from history, retrains, and what became of them.</summary>
static class BatchVerb
{
    static readonly Setting[] s_training =
        [SettingTable.Models, SettingTable.Recipe, .. SettingTable.TrainerFold, SettingTable.LogLevel];

    public static Command Build()
    {
        var batch = new Command(
            "batch",
            """
            Trains models on whole histories, tests them beside the champions, and promotes them on evidence.

            Examples:
              kstock batch train my-prices/ --bootstrap HOST:9092
              kstock batch retrain --bootstrap HOST:9092
              kstock batch serve --bootstrap HOST:9092 --cron "0 0 6 1 * ?" --time-zone America/New_York
            """);
        batch.Add(Train());
        batch.Add(Retrain());
        batch.Add(Serve());
        batch.Add(History());
        batch.Add(RollBack());
        return batch;
    }

    static Verb Train()
    {
        var paths = PathArgument.Create(
            "Files or folders to learn from (docs/data-files.md); none: what the topics hold.", ArgumentArity.ZeroOrMore);
        var json = Json();
        var verb = Verb.Create(
            "train",
            """
            Makes first models, before or while the stream runs, and promotes them without a test: there are no champions yet.
            They take over at the first bar after the rows that they have learnt from.

            Examples:
              kstock batch train my-prices/ --train-until 2009-12-31 --bootstrap HOST:9092
              kstock batch train --bootstrap HOST:9092
            """,
            [
                .. SettingTable.Client, SettingTable.TrainUntil, SettingTable.Source, .. SettingTable.TopologyFold, .. s_training,
            ],
            async (context, cancellation) =>
            {
                var typed = context.Parse.GetValue(paths) ?? [];
                var day = SimulationSettings.Day(context.Values, SettingTable.TrainUntil);
                if (day is not null && typed.Length == 0)
                    context.Problem($"{SettingTable.TrainUntil.Flag}: found no files beside it; expected both, or neither");
                context.ThrowIfProblems();
                var values = context.Values;
                var options = FoldOptions.Retrain(values);
                var untilUs = day is { } last ? FoldOptions.Calendar(values).DayStartUs(last.AddDays(1)) : long.MaxValue;
                var history = typed.Length == 0 ? null : await FileHistory.ReadAsync(values, typed, options, untilUs, cancellation);
                var results = await RetrainBar.ShowAsync(
                    progress => JobOf(values, options).TrainInitialAsync(history, progress, cancellation));
                return Told(results, context.Parse.GetValue(json));
            });
        verb.Add(paths);
        verb.Add(json);
        return verb.Requiring(SettingTable.Bootstrap);
    }

    static Verb Retrain()
    {
        var json = Json();
        var verb = Verb.Create(
            "retrain",
            """
            Trains candidates on what the topics hold, tests them on rows that nobody has learnt from, and promotes them or not.
            Reads the topics of micro-batches and scores; the decision is a record, and the promotions come by the micro-batches' topic.

            Example:
              kstock batch retrain --bootstrap HOST:9092 --models models/
            """,
            [.. SettingTable.Client, .. s_training],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                var job = JobOf(context.Values, FoldOptions.Retrain(context.Values));
                var results = await RetrainBar.ShowAsync(progress => job.RetrainAsync(progress, cancellation));
                return Told(results, context.Parse.GetValue(json));
            });
        verb.Add(json);
        return verb.Requiring(SettingTable.Bootstrap);
    }

    static Verb Serve() => Verb.Create(
        "serve",
        """
        Retrains at the times of a cron expression until Ctrl-C. One retry; a missed run is made up for once; after a failure it waits
        for a retrain by hand.

        Example:
          kstock batch serve --bootstrap HOST:9092 --cron "0 0 6 1 * ?" --time-zone America/New_York
        """,
        [.. SettingTable.Client, .. s_training, SettingTable.Cron, SettingTable.TimeZone, SettingTable.RetryAfter],
        async (context, cancellation) =>
        {
            context.ThrowIfProblems();
            var values = context.Values;
            var store = StoreOf(values);
            var job = JobOf(values, FoldOptions.Retrain(values));
            var service = new CronService(
                new CronOptions
                {
                    Cron = values.Text(SettingTable.Cron),
                    TimeZone = values.Text(SettingTable.TimeZone),
                    RetryDelay = TimeSpan.FromSeconds(values.Whole(SettingTable.RetryAfter)),
                },
                store, TimeProvider.System,
                async stopping =>
                {
                    foreach (var result in await job.RetrainAsync(null, stopping)) Console.Error.WriteLine(LineOf(result));
                },
                line => Console.Error.WriteLine("kstock: " + line));
            return await RoleHost.RunAsync(ServeAsync, cancellation);

            async Task ServeAsync(CancellationToken stopping)
            {
                try
                {
                    await service.RunAsync(stopping);
                }
                catch (OperationCanceledException) when (stopping.IsCancellationRequested)
                {
                    // Ctrl-C is the usual end.
                }
            }
        }).Requiring(SettingTable.Bootstrap);

    static Verb History()
    {
        var json = Json();
        var verb = Verb.Create(
            "history",
            """
            Lists the decisions that a store of models keeps, with their numbers.

            Examples:
              kstock batch history --models models/
              kstock batch history --json
            """,
            [SettingTable.Models],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                DecisionTable.Write(await StoreOf(context.Values).DecisionsAsync(cancellation), context.Parse.GetValue(json));
                return ExitCode.Done;
            });
        verb.Add(json);
        return verb;
    }

    static Verb RollBack()
    {
        var version = new Argument<string>("version") { Description = "Id of a model of the store, or the beginning of one." };
        var json = Json();
        var verb = Verb.Create(
            "rollback",
            """
            Promotes a former model again, as a record: it takes over at the series' next bar.

            Example:
              kstock batch rollback 3fa1c09b7d22 --bootstrap HOST:9092
            """,
            [.. SettingTable.Client, .. s_training],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                var job = JobOf(context.Values, FoldOptions.Retrain(context.Values));
                return Told([await job.RollBackAsync(context.Parse.GetValue(version)!, cancellation)], context.Parse.GetValue(json));
            });
        verb.Add(version);
        verb.Add(json);
        return verb.Requiring(SettingTable.Bootstrap);
    }

    static Option<bool> Json() => new("--json") { Description = "One JSON object a decision." };

    static ModelStore StoreOf(SettingValues values) =>
        new(ObjectStores.Open(values.Text(SettingTable.Models), new ObjectStoreOptions()));

    static RetrainJob JobOf(SettingValues values, RetrainOptions options) =>
        new(StackSettings.Client(values), StoreOf(values), options, TimeProvider.System);

    static int Told(IReadOnlyList<RetrainResult> results, bool json)
    {
        DecisionTable.Write([.. results.Select(result => result.Decision)], json);
        return ExitCode.Done;
    }

    static string LineOf(RetrainResult result) => "kstock: " + DecisionLine.Of(result.Decision);
}

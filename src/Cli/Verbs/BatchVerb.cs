using System.CommandLine;
using Kafka.Stock.BatchJob;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock batch</c>: models from history, retrains, and what became of them.</summary>
static class BatchVerb
{
    static readonly Setting[] s_training =
        [SettingTable.Models, SettingTable.Recipe, .. SettingTable.TrainerFold, .. SettingTable.Lakehouse, SettingTable.LogLevel];

    static readonly Setting[] s_retraining = [.. s_training, SettingTable.Gate, SettingTable.Calendar];

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
                SimulationSettings.Check(context);
                context.ThrowIfProblems();
                var values = context.Values;
                var options = FoldOptions.Retrain(values);
                var untilUs = day is { } last ? FoldOptions.Calendar(values).DayStartUs(last.AddDays(1)) : long.MaxValue;
                var history = typed.Length == 0 ? null : await FileHistory.ReadAsync(values, typed, options, untilUs, cancellation);
                using var work = BatchWork.Open(context, flags: null);
                var results = await RetrainBar.ShowAsync(progress => work.Job.TrainInitialAsync(history, progress, cancellation));
                return Told(results, context.Parse.GetValue(json));
            });
        verb.Add(paths);
        verb.Add(json);
        return verb.Requiring(SettingTable.Bootstrap);
    }

    static Verb Retrain()
    {
        var json = Json();
        var flags = new GateFlags();
        var verb = Verb.Create(
            "retrain",
            """
            Trains candidates on what the topics hold, tests them on rows that nobody has learnt from, and promotes them or not.
            Reads the topics of micro-batches and scores; the decision is a record, and the promotions come by the micro-batches' topic.
            The quality gate looks at the bars first: those of the lake that are new, with --lake; else those of the topic. When it
            fails nothing is trained, the decision says so, and the rows are named (exit code 3).

            Examples:
              kstock batch retrain --bootstrap HOST:9092 --models models/
              kstock batch retrain --bootstrap HOST:9092 --lake s3://bucket/stock --acknowledged rows.csv
            """,
            [.. SettingTable.Client, .. s_retraining],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                using var work = BatchWork.Open(context, flags);
                var results = await RetrainBar.ShowAsync(progress => work.Job.RetrainAsync(progress, cancellation));
                return Told(results, context.Parse.GetValue(json));
            });
        verb.Add(json);
        flags.AddTo(verb);
        return verb.Requiring(SettingTable.Bootstrap);
    }

    static Verb Serve()
    {
        var flags = new GateFlags();
        var verb = Verb.Create(
            "serve",
            """
            Retrains at the times of a cron expression, and an interval after drift alarms of its series, until Ctrl-C. The quality gate
            looks first. One retry; a missed run is made up for once; after a failure it waits for a retrain by hand.

            Example:
              kstock batch serve --bootstrap HOST:9092 --cron "0 0 6 1 * ?" --time-zone America/New_York
            """,
            [.. SettingTable.Client, .. s_retraining, SettingTable.Cron, SettingTable.TimeZone, SettingTable.RetryAfter],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                using var work = BatchWork.Open(context, flags);
                return await RoleHost.RunAsync(stopping => BatchServing.RunAsync(context.Values, work.Job, stopping), cancellation);
            });
        flags.AddTo(verb);
        return verb.Requiring(SettingTable.Bootstrap);
    }

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
            [SettingTable.Models, .. SettingTable.S3],
            async (context, cancellation) =>
            {
                context.ThrowIfProblems();
                DecisionTable.Write(await BatchWork.StoreOf(context.Values).DecisionsAsync(cancellation), context.Parse.GetValue(json));
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
                using var work = BatchWork.Open(context, flags: null);
                var result = await work.Job.RollBackAsync(context.Parse.GetValue(version)!, cancellation);
                return Told([result], context.Parse.GetValue(json));
            });
        verb.Add(version);
        verb.Add(json);
        return verb.Requiring(SettingTable.Bootstrap);
    }

    static Option<bool> Json() => new("--json") { Description = "One JSON object a decision." };

    static int Told(IReadOnlyList<RetrainResult> results, bool json)
    {
        DecisionTable.Write([.. results.Select(result => result.Decision)], json);
        return ExitCode.Done;
    }
}

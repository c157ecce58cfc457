using Kafka.Stock.Sources;
using static Kafka.Stock.Cli.SettingKinds;

namespace Kafka.Stock.Cli;

/// <summary>The one table of settings: flags, environment, checks, help and docs/settings.md come from it.</summary>
static class SettingTable
{
    public static readonly Setting Bootstrap = Text(
        "bootstrap", "", "HOST:PORT, several with commas between", "Kafka brokers.", text => text.Split(',').All(IsHostAndPort));

    public static readonly Setting Kafka = new(
        "kafka", "", "KEY=VALUE, a property of librdkafka; KEY.file=PATH reads the value from a file",
        "A client property, passed through; may be given several times.",
        text => text.Split('\n').All(line => line.IndexOf('=', StringComparison.Ordinal) > 0))
    { Repeatable = true, Secret = true };

    public static readonly Setting Partitions = Whole("partitions", 24, 1, 1_000, "Partitions of each topic that is created.");
    public static readonly Setting ReplicationFactor = Whole("replication-factor", 1, 1, 15, "Replicas of each topic that is created.");

    public static readonly Setting CommitIntervalMs = Whole(
        "commit-interval-ms", 100, 1, 60_000, "Milliseconds between commits of a fold.");

    public static readonly Setting LogLevel = OneOf(
        "log-level", "warning", ["debug", "information", "warning", "error"],
        "Lines of this level and above go to standard error.");

    public static readonly Setting Calendar = SettingKinds.Calendar("calendar", "Sessions of all symbols.");
    public static readonly Setting TickIntervals = Intervals("tick-intervals", "1m", "Bars to build of ticks.");

    public static readonly Setting Target = OneOf(
        "target", "next-bar", ["next-bar", "next-session-close"],
        "What a forecast is about; for the next session's close it is refreshed after each intraday bar.");

    public static readonly Setting Pipeline = OneOf(
        "pipeline", "price-v1", ["price-v1", "seed-v1"], "Features of a row: scale-free ones, or raw columns.");

    public static readonly Setting Reference = Text(
        "reference", "none", "a symbol, or none",
        "Market reference, such as SPY: its bars are told to every partition, for four features more of price-v1.",
        text => text == "none" || SymbolRule.TryParse(text, out _));

    public static readonly Setting Horizon = Whole("horizon", 1, 1, 64, "Bars from a forecast to its target.");
    public static readonly Setting ReplayCapacity = Whole("replay-capacity", 300, 16, 65_536, "Labelled rows kept a series.");

    public static readonly Setting BatchRows = Whole(
        "batch-rows", 4, 1, 64, "Rows of a micro-batch: the latest labelled one and past ones.");

    public static readonly Setting ReplayLambda = Real(
        "replay-lambda", 0.01, 0, 10, "Lambda of p ~ e^(-lambda age) by which past rows are drawn; age in rows.");

    public static readonly Setting Seed = Whole("seed", 1, 0, long.MaxValue, "Seed of every random choice.");

    public static readonly Setting RestartAfterDays = Whole(
        "restart-after-days", 30, 1, 3_650, "Days without a bar after which a series starts anew.");

    public static readonly Setting OpenWindowsMax = Whole(
        "open-windows", 4_096, 1, 100_000, "Windows a series holds open at once.");

    public static readonly Setting HiddenUnits = Whole("hidden-units", 64, 1, 4_096, "Hidden units of the network.");
    public static readonly Setting LearningRate = Real("learning-rate", 1e-4, 0, 1, "Adam's learning rate.");
    public static readonly Setting WeightDecay = Real("weight-decay", 0.1, 0, 100, "Decoupled weight decay, times the learning rate.");
    public static readonly Setting ClipNorm = Real("clip-norm", 1, 1e-6, 1e6, "Global norm that gradients are clipped to.");
    public static readonly Setting Loss = OneOf("loss", "huber", ["huber", "squared"], "Loss that the network learns by.");
    public static readonly Setting Levels = SettingKinds.Levels("levels", "0.8,0.9,0.95", "Coverages that the intervals promise.");

    public static readonly Setting Source = Text(
        "source", "", "1 to 32 letters, digits, dots or dashes",
        "Name of the source; by default the part of a file's name before _ticks_, else csv.",
        text => text.Length is > 0 and <= 32 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'));

    public static readonly Setting Speed = Text(
        "speed", "", "a number above 0",
        "Event time that passes in a second of real time, in seconds; by default as fast as downstream takes it.",
        text => TryReal(text, out var n) && n > 0);

    public static readonly Setting Interval = Text(
        "interval", "", "an interval from 1s to 12h that divides a day, or 1d", "Only series with bars of this length; by default all.",
        text => Contracts.BarInterval.TryParse(text, out _));

    public static readonly Setting Symbols = Text(
        "symbols", "", "symbols with commas between", "Only these symbols; by default all.",
        text => text.Split(',').All(symbol => Sources.SymbolRule.TryParse(symbol, out _)));

    public static readonly Setting From = Day("from", "Trading day of the first forecast that is written and scored.");
    public static readonly Setting To = Day("to", "Trading day of the last forecast that is written and scored.");

    public static readonly Setting ScoreFromBar = Whole(
        "score-from-bar", 500, 1, 1_000_000, "Number of a series' bar from which on its forecasts are scored in reports.");

    public static readonly Setting Retrain = OneOf(
        "retrain", "monthly", ["monthly", "never", "on-drift"], "When models are retrained: at month ends of event time, or after drift.");

    public static readonly Setting TrainUntil = Day(
        "train-until", "Trains first models on rows whose target closed by the end of this day; they take over at the next bar.");

    public static readonly Setting Recipe = OneOf("recipe", "default", ["default", "seed"], "How models are trained in batch.");

    public static readonly Setting Models = Text(
        "models", "models", "a folder, or s3://bucket/prefix", "Where models and decisions of retrains are kept.");

    public static readonly Setting Gate = OneOf(
        "gate", "on", ["on", "off"], "Whether the quality gate looks at the bars before a retrain.");

    public static readonly Setting Cron = Text(
        "cron", "0 0 6 1 * ?", "seconds minutes hours day month weekday, as Quartz reads them", "When a service retrains.",
        Quartz.CronExpression.IsValidExpression);

    public static readonly Setting TimeZone = Text(
        "time-zone", "America/New_York", "a zone of the machine's time zone data", "Zone that the cron expression is read in.",
        text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _));

    public static readonly Setting RetryAfter = Whole("retry-after", 300, 0, 86_400, "Seconds from a failed run to its one retry.");

    public static readonly Setting Lake = Text(
        "lake", "", "a folder, or s3://bucket/prefix",
        "The lake; by default the demo's, data/demo/lake beside the program, but none for kstock batch.");

    public static readonly Setting LakeMemoryMb = Whole("lake-memory-mb", 1_024, 64, 1_000_000, "Memory of the lake's SQL, MiB.");

    public static readonly Setting LakeWork = Text(
        "lake-work", "", "a folder", "For files on their way and copies of far ones; by default one in the system's temporary folder.");

    public static readonly Setting LakeCommitRows = Whole(
        "lake-commit-rows", 1_000_000, 1, 100_000_000, "Rows of a topic after which a sync commits.");

    public static readonly Setting LakeCommitSeconds = Whole(
        "lake-commit-seconds", 60, 1, 86_400, "Seconds after which a sync commits what it has.");

    public static readonly Setting S3Endpoint = Text(
        "s3-endpoint", "", "http://HOST:PORT or https://HOST", "Server of s3:// paths, where it isn't AWS.",
        text => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");

    public static readonly Setting S3Region = Text(
        "s3-region", "", "lower-case letters, digits and dashes", "Region that requests are signed for.",
        text => text.Length > 0 && text.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one == '-'));

    public static readonly Setting S3PathStyle = OneOf(
        "s3-path-style", "auto", ["auto", "yes", "no"], "Bucket in the path; by default at an endpoint, not at AWS.");

    public static readonly Setting S3RequestChecksums = OneOf(
        "s3-request-checksums", "auto", ["auto", "required", "supported"],
        "Checksums of what is sent: where the protocol demands them, or wherever it allows them.");

    public static readonly Setting S3ResponseChecksums = OneOf(
        "s3-response-checksums", "auto", ["auto", "required", "supported"], "Checksums of what is received.");

    public static IReadOnlyList<Setting> Client { get; } = [Bootstrap, Kafka];

    public static IReadOnlyList<Setting> TopologyFold { get; } =
    [
        Calendar, Target, Pipeline, Reference, TickIntervals, Horizon, ReplayCapacity, BatchRows, ReplayLambda, Seed, RestartAfterDays,
        OpenWindowsMax,
    ];

    public static IReadOnlyList<Setting> TrainerFold { get; } =
        [Pipeline, Reference, HiddenUnits, LearningRate, WeightDecay, ClipNorm, Loss, Levels, Horizon, Seed];

    public static IReadOnlyList<Setting> Ingest { get; } = [Source, Speed, Calendar, Reference];

    public static IReadOnlyList<Setting> Reporting { get; } = [Interval, Symbols, From, To, ScoreFromBar];

    public static IReadOnlyList<Setting> Simulating { get; } = [Retrain, TrainUntil, Recipe, Gate];

    public static IReadOnlyList<Setting> Batch { get; } = [Models, Gate, Cron, TimeZone, RetryAfter];

    /// <summary>How s3:// paths are reached.</summary>
    public static IReadOnlyList<Setting> S3 { get; } =
        [S3Endpoint, S3Region, S3PathStyle, S3RequestChecksums, S3ResponseChecksums];

    /// <summary>What every verb of the lake has.</summary>
    public static IReadOnlyList<Setting> Lakehouse { get; } = [Lake, LakeMemoryMb, LakeWork, .. S3];

    public static IReadOnlyList<Setting> LakeSync { get; } = [LakeCommitRows, LakeCommitSeconds];

    public static IReadOnlyList<Setting> Host { get; } = [CommitIntervalMs, LogLevel];

    /// <summary>All of them, each once, in the order in which a reader would look for them.</summary>
    public static IReadOnlyList<Setting> All { get; } =
        [.. Client.Concat([Partitions, ReplicationFactor]).Concat(Host).Concat(Ingest).Concat(TopologyFold).Concat(TrainerFold)
            .Concat(Simulating).Concat(Reporting).Concat(Batch).Concat(Lakehouse).Concat(LakeSync).Distinct()];

    static bool IsHostAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), out var port) && port > 0;
    }
}

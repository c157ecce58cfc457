using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>What a <see cref="LiveRun"/> runs and shows.</summary>
sealed record LiveRunOptions
{
    public required StackOptions Stack { get; init; }

    public required FileReplayOptions Files { get; init; }

    /// <summary>Time that the rows are spread over; zero: as fast as it goes.</summary>
    public TimeSpan Over { get; init; }

    /// <summary>Goes on serving after the last row until Ctrl-C.</summary>
    public bool Keep { get; init; }

    /// <summary>What is done when all records have gone all the way, before the summary.</summary>
    public Func<CancellationToken, Task> AfterWork { get; init; } = _ => Task.CompletedTask;

    /// <summary>Shown under the board and the summary; empty for none.</summary>
    public string Attribution { get; init; } = "";

    /// <summary>Ends standard output with one JSON object.</summary>
    public bool JsonResult { get; init; }
}

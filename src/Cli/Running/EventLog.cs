using System.Globalization;
using Kafka.Stock.Streaming;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli;

/// <summary>Writes events to standard error, one line each, from a level up.</summary>
sealed class EventLog(StreamEventLevel least, TextWriter output, TimeProvider time)
{
    readonly Lock _lock = new();

    public static EventLog FromSettings(SettingValues values) => new(
        values.Text(SettingTable.LogLevel) switch
        {
            "debug" => StreamEventLevel.Debug,
            "information" => StreamEventLevel.Information,
            "error" => StreamEventLevel.Error,
            _ => StreamEventLevel.Warning,
        },
        Console.Error, TimeProvider.System);

    /// <summary>Told of each learning step; null where nobody would read it.</summary>
    public Action<LearningStep>? OnStep => least == StreamEventLevel.Debug ? Write : null;

    public void Write(StreamEvent happened)
    {
        if (happened.Level < least) return;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {happened.Level.ToString().ToLowerInvariant()} {happened.Id} {happened.Message}");
        lock (_lock) output.WriteLine(line);
    }

    void Write(LearningStep step) => Write(new StreamEvent(
        3001, StreamEventLevel.Debug,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{step.Series} step {step.Step}, batch size {step.BatchSize}, loss {step.Loss:R}, "
                + $"predicted close {step.PredictedClose:R}{(step.Applied ? "" : ", skipped")}")));
}

using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

/// <summary>Counts the ticks of a series and publishes each tick again with its count as sequence: every loss, repetition and disorder
/// shows.</summary>
public sealed class EchoFold(string input, string output) : IFold<Tick, EchoState>
{
    /// <summary>A tick of this size is a defect.</summary>
    public const long DefectiveSize = 666;

    /// <summary>A tick of this size counts as one without its market reference.</summary>
    public const long LonelySize = 777;

    /// <summary>A tick of this size makes the step throw.</summary>
    public const long FatalSize = 999;

    readonly NamePool _names = new();
    readonly Topic _output = new(output, "symbol", ["kafka.stock.Tick"], TopicCleanup.Days(1), "echo");

    public string Name => "echo-" + Input.Name;

    public Topic Input { get; } = new(input, "symbol", ["kafka.stock.Tick"], TopicCleanup.Days(1), "test");

    public long Epoch => 1;

    public void Decode(in LogRecord record, ref Tick message) => AvroBody.Read(record.Body, _names, ref message);

    public void Route(in Tick message, SeriesRoute route) => route.Add(new SeriesId(message.Symbol, "1m", message.Source));

    public void Step(in SeriesId series, EchoState state, in Tick message, IOutput output)
    {
        if (message.Size == DefectiveSize) throw new RecordDefectException("size", "666", "a size that an echo likes");
        if (message.Size == FatalSize) throw new InvalidOperationException("a step that never expected 999");
        if (message.Size == LonelySize) output.Count(FoldEvent.NoReference);
        if (message.Sequence <= state.LastSequence) output.Count(FoldEvent.Duplicate);
        state.Count++;
        state.Sum += message.Size;
        state.LastSequence = Math.Max(state.LastSequence, message.Sequence);
        output.Publish(_output, message.Symbol, message with { Sequence = state.Count });
    }
}

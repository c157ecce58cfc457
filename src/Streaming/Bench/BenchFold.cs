using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>The least that a fold does: decode, find the series, change its state, publish one record.</summary>
sealed class BenchFold(BenchClock clock, CancellationTokenSource stop) : IFold<SourceBar, BenchState>
{
    public static readonly Topic In = new("bench.in", "symbol", ["kafka.stock.SourceBar"], TopicCleanup.Days(1), "bench");
    public static readonly Topic Out = new("bench.host", "symbol", ["kafka.stock.SourceBar"], TopicCleanup.Days(1), "bench");

    readonly NamePool _names = new();

    public string Name => "bench";

    public Topic Input => In;

    public long Epoch => 1;

    public void Decode(in LogRecord record, ref SourceBar message) => AvroBody.Read(record.Body, _names, ref message);

    public void Route(in SourceBar message, SeriesRoute route) => route.Add(new SeriesId(message.Symbol, "1d", "bench"));

    public void Step(in SeriesId series, BenchState state, in SourceBar message, IOutput output)
    {
        var isLast = clock.See();
        state.Count++;
        output.Publish(Out, message.Symbol, message with { Volume = state.Count });
        if (isLast) stop.Cancel();
    }
}

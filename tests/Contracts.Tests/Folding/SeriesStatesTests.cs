namespace Kafka.Stock.Contracts.Tests;

public sealed class SeriesStatesTests
{
    [Fact]
    public void States_are_made_once_and_listed_in_order()
    {
        var states = new SeriesStates<Count>();
        var (b, a) = (new SeriesId("B", "1d", "csv"), new SeriesId("A", "1m", "iex"));
        Assert.False(states.TryGet(b, out _));
        Assert.Same(states.GetOrAdd(b), states.GetOrAdd(new SeriesId("B", "1d", "csv")));
        states.GetOrAdd(a);
        Assert.Equal([a, b], states.Series);
        Assert.Equal(2, states.Count);
    }

    [Fact]
    public void A_state_that_is_set_replaces_the_one_before()
    {
        var states = new SeriesStates<Count>();
        var series = new SeriesId("A", "1d", "csv");
        states.GetOrAdd(series);
        var restored = new Count();
        states.Set(series, restored);
        Assert.Same(restored, states.GetOrAdd(series));
        Assert.Equal(1, states.Count);
    }

    [Fact]
    public void A_step_reaches_the_named_then_the_existing_of_its_source_in_order()
    {
        var states = new SeriesStates<Count>();
        SeriesId[] held = [new("A", "1m", "csv"), new("A", "1d", "csv"), new("A", "1d", "iex"), new("B", "1d", "csv")];
        foreach (var series in held) states.GetOrAdd(series);
        var fold = new Recorder();
        states.Step(fold, new SeriesRoute(), "A", new NoOutput());
        Assert.Equal(["A/5m/csv", "A/1d/csv", "A/1m/csv", "A/5m/csv"], fold.Stepped);
    }

    [Fact]
    public void A_step_for_an_interval_reaches_every_series_of_it_in_order_and_no_other()
    {
        var states = new SeriesStates<Count>();
        SeriesId[] held = [new("B", "1d", "csv"), new("A", "1m", "csv"), new("A", "1d", "iex"), new("A", "1d", "csv")];
        foreach (var series in held) states.GetOrAdd(series);
        var fold = new Recorder();
        states.Step(fold, new SeriesRoute(), new Recorder.Message("A", "1d"), new NoOutput());
        Assert.Equal(["A/1d/csv", "A/1d/iex", "B/1d/csv"], fold.Stepped);
        states.Step(fold, new SeriesRoute(), new Recorder.Message("A", "4h"), new NoOutput());
        Assert.Equal(3, fold.Stepped.Count);
    }

    public sealed class Count
    {
        public int Steps { get; set; }
    }

    sealed class NoOutput : IOutput
    {
        public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
            where TRecord : IAvroRecord<TRecord> => throw new InvalidOperationException("nothing is published here");

        void IOutput.Count(FoldEvent what) => throw new InvalidOperationException("nothing is counted here");
    }

    /// <summary>Names a new series, then asks for all that exist of the symbol.</summary>
    sealed class Recorder : IFold<Recorder.Message, Count>
    {
        public List<string> Stepped { get; } = [];

        public string Name => "recorder";

        public Topic Input => StockTopics.Market;

        public long Epoch => 0;

        public void Decode(in LogRecord record, ref Message message) => throw new InvalidOperationException("nothing is decoded here");

        public void Route(in Message message, SeriesRoute route)
        {
            if (message.Interval is not null)
            {
                route.AddExisting(message.Interval);
                return;
            }

            route.Add(new SeriesId(message.Symbol, "5m", "csv"));
            route.AddExisting(message.Symbol, "csv");
        }

        public void Step(in SeriesId series, Count state, in Message message, IOutput output)
        {
            state.Steps++;
            Stepped.Add(series.ToString());
        }

        public readonly record struct Message(string Symbol, string? Interval = null)
        {
            public static implicit operator Message(string symbol) => new(symbol);
        }
    }
}

using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Streaming;
using Kafka.Stock.Topology;
using Kafka.Stock.Trainer;

namespace Kafka.Stock.Cli.Tests.Backtesting;

/// <summary>A live run on the embedded broker with a promotion in the middle of its log, folded again.</summary>
public sealed class TopicReplayTests : IAsyncLifetime, IDisposable
{
    static readonly SeriesId s_series = new("IBM", "1d", "csv");
    readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(120));
    readonly string _folder = Directory.CreateTempSubdirectory("kstock-replay-").FullName;
    Stack _stack = null!;
    ModelPromotion _promotion = null!;

    public async Task InitializeAsync()
    {
        var (before, after) = (Part("before", 0, 400), Part("after", 400, 700));
        _promotion = Promotion(before, seed: 1);
        _stack = Stack.Start(new StackOptions { Partitions = 3 }, _limit.Token);
        await IngestAsync(before);
        using (var publisher = new RecordPublisher(_stack.Kafka, new FoldCounters("test")))
        {
            publisher.Publish(StockTopics.MicroBatches, s_series.Symbol, _promotion);
            publisher.Flush();
        }

        await IngestAsync(after);
    }

    public async Task DisposeAsync()
    {
        await _stack.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _limit.Dispose();

    [Fact]
    public void Its_forecasts_are_equal_byte_for_byte_across_a_promotion()
    {
        var journal = new ForecastJournal();
        var replay = TopicReplay.Run(_stack.Kafka, new TopologyOptions(), new TrainerOptions(), journal, _limit.Token);
        Assert.Equal((640, 0, 0, 0), (replay.Equal, replay.Different, replay.OnlyLive, replay.OnlyReplayed));
        Assert.Equal(1, replay.Promotions);
        Assert.Equal("", replay.FirstDifference);

        var batch = journal.Series.Single().Columns.Single(columns => columns.Strategy == Strategies.Batch);
        var models = Enumerable.Range(0, 640).Select(i => journal.Model(batch.Models[i])).Distinct().ToList();
        Assert.Equal(2, models.Count);
        Assert.Equal(_promotion.ModelId, models[1]);
    }

    [Fact]
    public void Another_artefact_changes_forecasts_from_its_first_bar_on_and_none_before()
    {
        var ours = ForecastsWith(_promotion);
        var other = ForecastsWith(Promotion(Path.Combine(_folder, "before"), seed: 2));
        Assert.Equal(640, ours.Count);
        foreach (var (madeAtUs, body) in ours)
        {
            if (madeAtUs < _promotion.EffectiveFromUs) Assert.Equal(body, other[madeAtUs]);
            else Assert.NotEqual(body, other[madeAtUs]);
        }

        Assert.Equal(300, ours.Count(forecast => forecast.Key >= _promotion.EffectiveFromUs));
    }

    [Fact]
    public void Other_settings_than_those_of_the_live_run_are_refused()
    {
        var refused = Assert.Throws<RefusedException>(() => TopicReplay.Run(
            _stack.Kafka, new TopologyOptions(), new TrainerOptions { Seed = 9 }, new ForecastJournal(), _limit.Token));
        Assert.Contains("settings of the live run", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The live log folded with this promotion in the place of the one that lies there.</summary>
    SortedDictionary<long, byte[]> ForecastsWith(ModelPromotion promotion)
    {
        var found = new SortedDictionary<long, byte[]>();
        var names = new NamePool();
        Forecast? forecast = null;
        var output = new EncodingOutput((Topic topic, in LogRecord record) =>
        {
            if (topic != StockTopics.Forecasts) return;
            AvroBody.Read(record.Body, names, ref forecast);
            found[forecast!.MadeAtUs] = record.Body.ToArray();
        });
        var trainer = new FoldPartition<TrainerMessage, TrainerState>(new TrainerFold(new TrainerOptions()));
        var log = new EncodingOutput((Topic _, in LogRecord record) => trainer.Apply(record, output));
        new RecordReader(_stack.Kafka, StockTopics.MicroBatches.Name).Read(
            (in TopicRecord record) =>
            {
                if (record.SchemaName == ModelPromotion.SchemaName) log.Publish(StockTopics.MicroBatches, s_series.Symbol, promotion);
                else trainer.Apply(new LogRecord(record.SchemaName!, record.Key, record.Body, record.Offset), output);
                return true;
            },
            _limit.Token);
        return found;
    }

    /// <summary>A first model of the bars of a folder, from the first bar after them on.</summary>
    static ModelPromotion Promotion(string folder, ulong seed)
    {
        var history = new TrainingHistory(new RetrainOptions());
        var market = new MemorySink();
        new FileReplay(new FileReplayOptions { Paths = [folder] }, TimeProvider.System).RunAsync(
            market, [], default).GetAwaiter().GetResult();
        var last = 0L;
        var batches = new Learner(history);
        var simulation = new Simulation(new SimulationOptions { Schedule = RetrainSchedule.Never }, batches);
        foreach (var bar in market.Records.OfType<SourceBar>())
        {
            simulation.Apply(bar);
            last = bar.EndUs;
        }

        var options = new RetrainOptions { Seed = seed };
        return Assert.Single(new Retrainer(history, options).TrainInitial("1d", last).Promotions);
    }

    string Part(string name, int from, int to)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var lines = File.ReadAllLines(Path.Combine(BundledData.Folder, "IBM.csv"));
        File.WriteAllLines(Path.Combine(folder, "IBM.csv"), [lines[0], .. lines[(1 + from)..(1 + to)]]);
        return folder;
    }

    async Task IngestAsync(string folder)
    {
        await _stack.IngestAsync(new FileReplayOptions { Paths = [folder] }, sink => sink, _ => { }, _limit.Token);
        await _stack.DrainAsync(_limit.Token);
    }

    /// <summary>Hands what a simulation publishes to a history.</summary>
    sealed class Learner(TrainingHistory history) : IOutput
    {
        public void Publish<TRecord>(Topic topic, string symbol, in TRecord record)
            where TRecord : IAvroRecord<TRecord>
        {
            if (record is MicroBatch batch) history.Add(batch);
            if (record is Score score) history.Add(score);
        }

        public void Count(FoldEvent what)
        {
            // Nothing here depends on counts.
        }
    }
}

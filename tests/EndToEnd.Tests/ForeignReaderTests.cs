using System.Text.Json.Nodes;
using Kafka.Stock.EndToEnd.Tests.Support;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>What others read from a demo's broker: kcat the bytes, Python (with no code of ours) their meaning.</summary>
[Collection(KeptDemoCollection.Name)]
public sealed class ForeignReaderTests(KeptDemo demo)
{
    const string Values = @"%S\n%s\n";
    const string KeysAndValues = @"%K\n%k\n%S\n%s\n";
    const double Tolerance = 1e-9;

    [SkippableFact]
    public async Task An_independent_script_computes_the_same_result_from_the_topic_and_the_files()
    {
        ForeignTool.RequireKcat();
        ForeignTool.RequirePython();
        using var scratch = new Scratch();
        var records = scratch.PathTo("forecasts");
        await ForeignTool.KcatAsync(demo.Bootstrap, "stock.forecasts.v1", Values, records);
        var computed = JsonNode.Parse(await ForeignTool.PythonAsync(
            "recompute.py", records, Repository.PathTo("schemas/kafka.stock.Forecast.avsc"), Kstock.Data))!.AsObject();

        Assert.Equal(Demo.Golden["forecasts"]!.GetValue<int>(), computed["forecasts"]!.GetValue<int>());
        Assert.Equal(Demo.Golden["forecasts_sha256"]!.GetValue<string>(), computed["forecasts_sha256"]!.GetValue<string>());
        var series = Demo.Golden["series"]!.AsObject();
        Assert.Equal(series.Select(one => one.Key), computed["series"]!.AsObject().Select(one => one.Key));
        foreach (var (name, told) in series)
        {
            var found = computed["series"]![name]!;
            Assert.Equal(told!["scores"]!.GetValue<int>(), found["scores"]!.GetValue<int>());
            AssertNear(told["mase"], found["mase"]);
            AssertNear(told["coverage"], found["coverage"]);
        }
    }

    [Fact]
    public async Task A_topic_is_read_by_a_schema_that_is_given_as_by_the_number_in_its_frame()
    {
        var byNumber = (await demo.ConsumeAsync("drift", "--json")).Expect(0).Output;
        var byFile = (await demo.ConsumeAsync(
            "stock.drift.v1", "--schema", Repository.PathTo("schemas/kafka.stock.DriftAlarm.avsc"))).Expect(0).Output;
        Assert.NotEmpty(byNumber);
        Assert.Equal(byNumber.Split('\n').Order(), byFile.Split('\n').Order());
        var unknown = (await demo.ConsumeAsync("stock.drift.v1")).Expect(2);
        Assert.Contains("found stock.drift.v1", unknown.Error);
    }

    [SkippableTheory]
    [InlineData("market", "SourceBar Tick Watermark")]
    [InlineData("bars", "Bar")]
    [InlineData("micro-batches", "MicroBatch ModelPromotion")]
    [InlineData("forecasts", "Forecast")]
    [InlineData("scores", "Score")]
    [InlineData("drift", "DriftAlarm")]
    [InlineData("ingest-positions", "IngestPosition")]
    public async Task Another_implementation_of_Avro_reads_what_consume_shows(string topic, string schemas)
    {
        const int every = 25;
        ForeignTool.RequireKcat();
        ForeignTool.RequirePythonAvro();
        using var scratch = new Scratch();
        await ForeignTool.KcatAsync(demo.Bootstrap, $"stock.{topic}.v1", KeysAndValues, scratch.PathTo("records"));
        var shown = (await demo.ConsumeAsync(topic, "--json")).Expect(0).Output;
        var lines = scratch.Write("lines", shown);
        var result = JsonNode.Parse(await ForeignTool.PythonAsync(
            "decode_topic.py", Repository.PathTo("schemas"), scratch.PathTo("records"), lines, $"{every}"))!;

        Assert.Equal(
            schemas.Split(' ').Select(name => "kafka.stock." + name),
            result["schemas"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(shown.Count(c => c == '\n'), result["records"]!.GetValue<int>());
        Assert.True(result["decoded"]!.GetValue<int>() >= result["records"]!.GetValue<int>() / every);
    }

    static void AssertNear(JsonNode? told, JsonNode? found)
    {
        Assert.Equal(told is null, found is null);
        if (told is not null) Assert.Equal(told.GetValue<double>(), found!.GetValue<double>(), Tolerance);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Kafka.Stock.BatchJob;
using Kafka.Stock.EndToEnd.Tests.Support;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.EndToEnd.Tests;

/// <summary>One garbage line in a data file: one dead letter that names file and line, and nothing else changes.</summary>
public sealed class DeadLetterTests
{
    const string Garbage = "2013-03-04,garbage";

    [Theory]
    [InlineData("MSFT.csv")]
    [InlineData("iex_ticks_2019-10-30.csv.gz")]
    public async Task One_garbage_line_is_one_dead_letter_and_the_same_forecasts(string name)
    {
        using var scratch = new Scratch();
        ShortData.WriteTo(scratch.Folder);
        var expected = Demo.ResultOf(await SimulatedDemo.OfAsync(scratch.Folder, RetrainSchedule.Monthly));
        var text = scratch.Read(name);
        var path = scratch.Write(name, text + Garbage + "\n");
        var line = text.Count(c => c == '\n') + 1;

        await using var demo = await KeptDemo.OfAsync(scratch.Folder);
        var read = (await demo.ConsumeAsync("dead-letters", "--json")).Expect(0);
        var letter = JsonNode.Parse(Assert.Single(read.Output.TrimEnd('\n').Split('\n')))!.AsObject();
        Assert.Equal($"{path}:{line}", letter["error.where"]!.GetValue<string>());
        Assert.Equal(Garbage, Encoding.UTF8.GetString(Convert.FromBase64String(letter["value_base64"]!.GetValue<string>())));
        Assert.Contains($"{path}:{line}: found ", (await demo.ConsumeAsync("dead-letters")).Expect(0).Output, StringComparison.Ordinal);

        expected["dead_letters"] = 1;
        Demo.AssertEqual(expected, demo.Result);
    }
}

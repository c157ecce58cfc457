using System.Text;
using System.Text.Json.Nodes;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli.Tests;

public sealed class ForecastTableTests
{
    [Fact]
    public void Forecasts_are_rows_of_fixed_columns_under_one_header()
    {
        var lines = Printed(
            StockTopics.Forecasts, false, Samples.Forecast(303.1, 303.4, 302, null), Samples.Forecast(1, 2, null, 3, 2, "A/1d/csv"));
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("series ", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            ["SPY/1m/iex", "1970-01-01", "00:01", "1970-01-01", "00:02", "303.1000", "303.4000", "302.0000", "unbounded", "online", "42"],
            lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(lines[1].Length, lines[2].Length);
    }

    [Fact]
    public void Any_record_is_a_line_of_JSON()
    {
        var lines = Printed(StockTopics.Forecasts, true, Samples.Forecast(303.1, 303.4, 302, null));
        var forecast = JsonNode.Parse(Assert.Single(lines))!;
        Assert.Equal("SPY", forecast["symbol"]!.GetValue<string>());
        Assert.Equal(303.4, forecast["strategies"]![1]!["predicted_close"]!.GetValue<double>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dead_letter_shows_where_what_was_found_and_what_was_expected(bool json)
    {
        using var output = new StringWriter { NewLine = "\n" };
        RecordPrinter.For(StockTopics.DeadLetters, json, output).Print(new TopicRecord
        {
            Key = "MSFT"u8,
            Value = "garbage"u8,
            Headers =
            [
                new(DeadLetterHeaders.ErrorWhere, "a.csv:3"), new(DeadLetterHeaders.ErrorFound, "this"),
                new(DeadLetterHeaders.ErrorExpected, "that"),
            ],
        });
        if (!json)
        {
            Assert.Equal("MSFT  a.csv:3: found this; expected that\n", output.ToString());
            return;
        }

        var letter = JsonNode.Parse(output.ToString())!;
        Assert.Equal(("a.csv:3", "MSFT"), (letter["error.where"]!.GetValue<string>(), letter["key"]!.GetValue<string>()));
        Assert.Equal("garbage", Encoding.UTF8.GetString(Convert.FromBase64String(letter["value_base64"]!.GetValue<string>())));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_record_in_no_known_frame_is_named(bool json)
    {
        var error = Assert.ThrowsAny<StockException>(() => RecordPrinter.For(StockTopics.Forecasts, json, TextWriter.Null).Print(
            new TopicRecord { Partition = 3, Offset = 7, Value = [1, 2, 3], Headers = [] }));
        Assert.Contains("partition 3, offset 7", error.Message, StringComparison.Ordinal);
    }

    static string[] Printed(Topic topic, bool json, params Forecast[] forecasts)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var printer = RecordPrinter.For(topic, json, output);
        foreach (var forecast in forecasts)
            printer.Print(new TopicRecord { SchemaName = Forecast.SchemaName, Body = Samples.BodyOf(forecast), Headers = [] });
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}

using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class DuckErrorsTests
{
    [Theory]
    [InlineData("Parser Error: syntax error at or near \"x\"\n\nLINE 1: x\n        ^", typeof(ConfigurationException))]
    [InlineData("Catalog Error: Table with name x does not exist!", typeof(ConfigurationException))]
    [InlineData("Conversion Error: Could not convert", typeof(ConfigurationException))]
    [InlineData("Out of Memory Error: could not allocate block", typeof(ConfigurationException))]
    [InlineData("Permission Error: Cannot access file", typeof(RefusedException))]
    [InlineData("IO Error: No files found", typeof(BrokenInputException))]
    [InlineData("TProtocolException: Invalid data", typeof(BrokenInputException))]
    [InlineData("INTERNAL Error: this should not happen", typeof(InvalidOperationException))]
    [InlineData("FATAL Error: database has been invalidated", typeof(InvalidOperationException))]
    [InlineData("INTERRUPT Error: Interrupted!", typeof(OperationCanceledException))]
    public void The_kind_of_a_message_decides(string message, Type expected)
    {
        var error = DuckErrors.Of(message, CancellationToken.None);
        Assert.IsType(expected, error);
        if (error is StockException) Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_cancellation_carries_its_token()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var error = Assert.IsType<OperationCanceledException>(DuckErrors.Of("INTERRUPT Error: Interrupted!", cancellation.Token));
        Assert.Equal(cancellation.Token, error.CancellationToken);
    }

    [Fact]
    public void The_echo_of_the_statement_is_left_out()
    {
        const string Message = "Parser Error: syntax error\nat x\n\nLINE 1: selec x\n        ^";
        var error = Assert.IsType<ConfigurationException>(DuckErrors.Of(Message, CancellationToken.None));
        Assert.Equal("syntax error at x", error.Found);
    }
}

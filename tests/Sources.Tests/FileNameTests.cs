namespace Kafka.Stock.Sources.Tests;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("AAPL.csv", "AAPL", "csv")]
    [InlineData("aapl.CSV.GZ", "AAPL", "csv")]
    [InlineData("BRK.B.csv", "BRK.B", "csv")]
    [InlineData("^GSPC.csv", "^GSPC", "csv")]
    [InlineData("EURUSD=X.csv", "EURUSD=X", "csv")]
    [InlineData("SPY_2013-10-07.csv.gz", "SPY", "csv")]
    [InlineData("iex_ticks_2019-10-30.csv.gz", null, "iex")]
    [InlineData("IEX_ticks_SPY.csv", null, "iex")]
    [InlineData("a b_ticks_x.csv", null, "csv")]
    [InlineData("SPY_2013-13-07.csv", null, "csv")]
    [InlineData("my file.csv", null, "csv")]
    [InlineData(".csv", null, "csv")]
    public void Symbol_and_source_come_from_the_name(string name, string? symbol, string source) =>
        Assert.Equal(new FileName(symbol, source), FileName.Parse(name));

    [Theory]
    [InlineData("AAPL.csv", true)]
    [InlineData("AAPL.csv.gz", true)]
    [InlineData("NOTICE", false)]
    [InlineData("AAPL.csv.bak", false)]
    public void Data_files_of_a_folder_are_told_by_their_ending(string name, bool expected) =>
        Assert.Equal(expected, FileName.IsData(name));

    [Theory]
    [InlineData("A", true)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", true)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456", false)]
    [InlineData("A/B", false)]
    [InlineData("Ä", false)]
    [InlineData("..", false)]
    [InlineData("", false)]
    public void A_symbol_has_1_to_32_plain_characters(string text, bool expected) =>
        Assert.Equal(expected, SymbolRule.TryParse(text, out _));

    [Theory]
    [InlineData("iex", true)]
    [InlineData("IEX", false)]
    [InlineData("a/b", false)]
    [InlineData("-a", false)]
    public void A_source_has_lower_case_letters_and_digits(string text, bool expected) =>
        Assert.Equal(expected, SourceRule.TryParse(text, out _));
}

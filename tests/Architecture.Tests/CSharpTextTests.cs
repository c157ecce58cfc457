namespace Kafka.Stock.Architecture.Tests;

public sealed class CSharpTextTests
{
    [Theory]
    [InlineData("a // b {\nc", "a\nc")]
    [InlineData("a /* { \n } */ b", "a\n b")]
    [InlineData("f(\"{\\\"{\") + 1", "f( ) + 1")]
    [InlineData("f('{') + '\\'' + '\\u007b'", "f( ) + +")]
    [InlineData("f(@\"c:\\\" + \"}\")", "f( + )")]
    [InlineData("f(@\"a\"\"{\")", "f( )")]
    [InlineData("f($\"{x}{{ {g(\"}\")}\")", "f( )")]
    [InlineData("f($@\"\\{x}\")", "f( )")]
    [InlineData("f(\"\") + \"x\"", "f( ) +")]
    [InlineData("f(\"\"\"a \" { \"b\" \"\"\") {", "f( ) {")]
    [InlineData("f($\"\"\"{x} {\"\"\") {", "f( ) {")]
    [InlineData("#pragma warning disable X // it's {\nclass", "\nclass")]
    [InlineData("@class { }", "@class { }")]
    [InlineData("a / b", "a / b")]
    [InlineData("\"open", "")]
    public void Only_code_is_left(string code, string expected)
    {
        var bare = CSharpText.Bare(code);
        Assert.Equal(code.Length, bare.Length);
        Assert.Equal(Squeezed(expected), Squeezed(bare));
        Assert.Equal(code.Count('\n'), bare.Count('\n'));
    }

    [Fact]
    public void Braces_of_every_file_of_the_repository_come_in_pairs() => Findings.AssertNone(
        from file in SourceFile.Code
        let opened = file.Bare.Count('{')
        let closed = file.Bare.Count('}')
        where opened != closed
        select Findings.Finding(file.Path, $"{opened} opening and {closed} closing braces", "as many, else this scanner has lost its way"));

    static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

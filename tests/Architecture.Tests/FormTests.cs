namespace Kafka.Stock.Architecture.Tests;

/// <summary>Each rule over all code, and beside it a file that breaks it: a rule that can't fail guards nothing.</summary>
public sealed class FormTests
{
    [Fact]
    public void There_is_code_to_look_at()
    {
        Assert.Contains(SourceFile.Code, file => file.IsUnder("src/Calendars"));
        Assert.Contains(SourceFile.Code, file => file.IsUnder("tests/Architecture.Tests"));
        Assert.DoesNotContain(SourceFile.Code, file => file.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_are_short() => Findings.AssertNone(SourceFile.Code.SelectMany(FormRules.FileLength));

    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 1)]
    public void The_501st_line_is_found(int lines, int expected) =>
        Assert.Equal(expected, FormRules.FileLength(Sample(string.Concat(Enumerable.Repeat("//\n", lines)))).Count());

    [Fact]
    public void Methods_are_short() => Findings.AssertNone(SourceFile.Code.SelectMany(FormRules.MethodLength));

    [Theory]
    [InlineData("void Long()\n    {\n", "    }\n")]
    [InlineData("Sample(int x = 1) : base(x)\n    {\n", "    }\n")]
    [InlineData("public static bool operator ==(Sample a, Sample b)\n    {\n", "    }\n")]
    [InlineData("int Long(int x) => x switch\n    {\n", "    };\n")]
    [InlineData("public int Long\n    {\n", "    }\n")]
    public void The_61st_line_of_a_method_is_found(string opening, string closing)
    {
        var frame = (opening + closing).Count('\n');
        Assert.Empty(FormRules.MethodLength(Sample($"class Sample\n{{\n    {opening}{Filler(60 - frame)}{closing}}}\n")));
        var tooLong = FormRules.MethodLength(Sample($"class Sample\n{{\n    {opening}{Filler(61 - frame)}{closing}}}\n"));
        Assert.StartsWith("src/Area/Sample.cs:3: found ", Assert.Single(tooLong), StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_comments_and_tables_are_no_part_of_a_method()
    {
        var attributes = string.Concat(Enumerable.Repeat("    [InlineData(\"}\", 1)]\n", 80));
        var table = $"    static readonly int[] s_table =\n    [\n{Filler(80)}    ];\n";
        var comment = $"    /* {Filler(80)} */\n";
        var file = Sample($"class Sample\n{{\n{table}{attributes}{comment}    void Short()\n    {{\n    }}\n}}\n");
        Assert.Empty(FormRules.MethodLength(file));
    }

    [Fact]
    public void Lines_are_narrow() => Findings.AssertNone(SourceFile.Code.SelectMany(FormRules.Columns));

    [Theory]
    [InlineData(140, 0)]
    [InlineData(141, 1)]
    public void The_141st_column_is_found(int columns, int expected) =>
        Assert.Equal(expected, FormRules.Columns(Sample(new string('x', columns) + "\n")).Count());

    [Fact]
    public void Nothing_is_left_unfinished() => Findings.AssertNone(SourceFile.Code.SelectMany(FormRules.UnfinishedWork));

    [Fact]
    public void A_mark_of_unfinished_work_is_found()
    {
        var marks = $"// {"TO" + "DO"}: later\n{"#reg" + "ion"} x\n// the {"HA" + "CK"}\n// {"FIX" + "ME"}\n";
        Assert.Equal(4, FormRules.UnfinishedWork(Sample(marks)).Count());
        Assert.Empty(FormRules.UnfinishedWork(Sample("// a todo of users, HACKNEY, and a regional word\n")));
    }

    [Fact]
    public void Every_warning_that_is_switched_off_has_a_reason() =>
        Findings.AssertNone(SourceFile.Code.SelectMany(FormRules.PragmaWithoutReason));

    [Theory]
    [InlineData("#pragma warning disable CA1000\n", 1)]
    [InlineData("#pragma warning disable CA1000 // as the wire has it\n", 0)]
    [InlineData("// as the wire has it\n#pragma warning disable CA1000\n", 0)]
    [InlineData("#pragma warning restore CA1000\n", 0)]
    public void A_pragma_without_a_reason_is_found(string text, int expected) =>
        Assert.Equal(expected, FormRules.PragmaWithoutReason(Sample(text)).Count());

    [Fact]
    public void Folders_are_few_and_say_what_is_in_them() => Findings.AssertNone(SourceFile.Code.SelectMany(FormRules.Folders));

    [Theory]
    [InlineData("src/Area/A/B/Sample.cs", 0)]
    [InlineData("src/Area/A/B/C/Sample.cs", 1)]
    [InlineData("src/Area/Utils/Sample.cs", 1)]
    [InlineData("tests/Area.Tests/helpers/Sample.cs", 1)]
    [InlineData("tests/Area.Tests/A/B/C/Sample.cs", 0)]
    public void A_vague_or_deep_folder_is_found(string path, int expected) =>
        Assert.Equal(expected, FormRules.Folders(new SourceFile(path, "")).Count());

    static SourceFile Sample(string text) => new("src/Area/Sample.cs", text);

    static string Filler(int lines) => string.Concat(Enumerable.Repeat("        1,\n", lines));
}

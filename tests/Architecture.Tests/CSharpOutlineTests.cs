namespace Kafka.Stock.Architecture.Tests;

public sealed class CSharpOutlineTests
{
    const string Sample =
        """
        using System;
        using Map = System.Collections.Generic.Dictionary<string, int>;
        [assembly: CLSCompliant(false)]
        namespace A.B;

        /// <summary>{</summary>
        [Obsolete("class No {")]
        public sealed partial class One(int x = 1) : Base<int>(x), IOne where T : class
        {
            const string Text = "{";
            readonly int[] _table = [1, 2];
            readonly Func<int, int> _twice = y => { return 2 * y; };

            [Fact]
            public int Two { get; init; } = new Inner { X = 1 }.X;

            public int this[int i] => _table[i];

            public static bool operator <=(One a, One b) => true;

            public static implicit operator int(One one)
            {
                return 1;
            }

            int Three<T>(string s = "}") where T : class
            {
                if (s == "") { return 0; }
                int Local() => 1;
                return Local();
            }

            abstract void Four();

            enum Five { A = 1, B }

            readonly record struct Six(int Y);
        }

        record Seven;
        """;

    static readonly CSharpOutline s_outline = CSharpOutline.Of(new SourceFile("src/A/One.cs", Sample));

    [Fact]
    public void The_namespace_is_found() => Assert.Equal(("A.B", true), (s_outline.Namespace, s_outline.HasFileScopedNamespace));

    [Fact]
    public void Types_are_found_with_kind_and_level() =>
        Assert.Equal(
            ["class One True", "enum Five False", "record struct Six False", "record Seven True"],
            s_outline.Types.Select(type => $"{type.Kind} {type.Name} {type.IsTopLevel}"));

    [Fact]
    public void Modifiers_and_bases_are_found()
    {
        Assert.Equal(["public", "sealed", "partial"], s_outline.Types[0].Modifiers);
        Assert.Contains(": Base<int>(x), IOne", s_outline.Types[0].Rest, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_with_a_body_are_found_with_their_lines() =>
        Assert.Equal(
            ["Two 15 1", "this 17 1", "<= 19 1", "int 21 4", "Three<T> 26 6"],
            s_outline.Members.Select(member => $"{member.Name} {member.Line} {member.Lines}"));

    [Fact]
    public void Statements_of_a_program_are_walked_to_the_end()
    {
        const string Program = "var x = 1;\nif (x == 1)\n{\n    x++;\n}\n\nreturn x;\nstatic class After;\n";
        var outline = CSharpOutline.Of(new SourceFile("src/Cli/Program.cs", Program));
        Assert.Equal("After", Assert.Single(outline.Types).Name);
        Assert.Null(outline.Namespace);
    }
}

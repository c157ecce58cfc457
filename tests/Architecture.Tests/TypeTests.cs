namespace Kafka.Stock.Architecture.Tests;

public sealed class TypeTests
{
    const string Head = "namespace Kafka.Stock.Area;\n";

    [Fact]
    public void A_file_has_at_most_one_public_type() => Findings.AssertNone(SourceFile.Code.SelectMany(TypeRules.PublicTypes));

    [Theory]
    [InlineData("public sealed class A;\npublic sealed class B { }\n", 1)]
    [InlineData("public readonly record struct A(int X);\npublic enum B { C }\n", 1)]
    [InlineData("public delegate void D();\npublic sealed class A { public sealed class Nested { } }\nsealed class B { }\n", 0)]
    [InlineData("public static class A { const string Text = \"public class B {\"; } // public class C\n", 0)]
    public void A_second_public_type_is_found(string types, int expected) =>
        Assert.Equal(expected, TypeRules.PublicTypes(Sample(Head + types)).Count());

    [Fact]
    public void Namespaces_are_those_of_the_areas() => Findings.AssertNone(SourceFile.Code.SelectMany(TypeRules.Namespaces));

    [Theory]
    [InlineData("namespace Kafka.Stock.Area;\n", 0)]
    [InlineData("namespace Kafka.Stock.Area.Folder;\n", 1)]
    [InlineData("namespace Kafka.Stock.Area { }\n", 1)]
    [InlineData("sealed class InNone;\n", 1)]
    [InlineData("return await Program.RunAsync(args);\n", 0)]
    public void Another_namespace_is_found(string text, int expected) => Assert.Equal(expected, TypeRules.Namespaces(Sample(text)).Count());

    [Fact]
    public void No_type_is_named_as_its_namespace() => Findings.AssertNone(SourceFile.Code.SelectMany(TypeRules.NamesOfNamespaces));

    [Theory]
    [InlineData("static class Area;\n", 1)]
    [InlineData("static class Areas { enum Area { X } }\n", 1)]
    [InlineData("static class Areas;\n", 0)]
    public void A_type_named_as_its_namespace_is_found(string text, int expected) =>
        Assert.Equal(expected, TypeRules.NamesOfNamespaces(Sample(Head + text)).Count());

    [Fact]
    public void Classes_of_src_are_sealed_or_static() =>
        Findings.AssertNone(TypeRules.OpenClasses([.. SourceFile.Code.Where(file => file.IsUnder("src"))]));

    [Theory]
    [InlineData("public class Open { }\n", 1)]
    [InlineData("public record Open(int X);\n", 1)]
    [InlineData("sealed class A { class Nested { } }\n", 1)]
    [InlineData("class LonelyException : Exception { }\n", 1)]
    [InlineData("class BaseException : Exception { }\nsealed class FirstException(string x) : BaseException(x) { }\n", 0)]
    [InlineData("abstract class A { }\nstatic partial class B { }\npartial class B { }\nrecord struct C;\ninterface D { }\n", 0)]
    [InlineData("sealed class A { void M<T>() where T : class { } }\n", 0)]
    public void An_open_class_is_found(string text, int expected) =>
        Assert.Equal(expected, TypeRules.OpenClasses([Sample(Head + text)]).Count());

    static SourceFile Sample(string text) => new("src/Area/Sample.cs", text);
}

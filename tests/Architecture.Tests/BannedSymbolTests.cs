using System.Xml.Linq;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Architecture.Tests;

/// <summary>The compiler refuses clocks, chance and the console only where the lists of banned symbols reach it.</summary>
public sealed class BannedSymbolTests
{
    const string Targets = "Directory.Build.targets";

    static readonly string[] s_removable = ["AdditionalFiles", "GlobalPackageReference", "PackageReference", "Analyzer"];

    static readonly string[] s_switches =
    [
        "RunAnalyzers", "RunAnalyzersDuringBuild", "TreatWarningsAsErrors", "EnableNETAnalyzers",
        "ImportDirectoryBuildTargets", "ImportDirectoryBuildProps", "ImportDirectoryPackagesProps",
    ];

    [Fact]
    public void The_general_list_reaches_every_project() => Assert.Equal("", ConditionOf("BannedSymbols.txt"));

    [Fact]
    public void The_list_of_the_console_reaches_all_but_Cli_the_sample_and_tests() =>
        Assert.Equal(
            "'$(MSBuildProjectName)' != 'Cli' and '$(MSBuildProjectName)' != 'ConsumeForecasts'"
            + " and !$(MSBuildProjectName.EndsWith('.Tests'))",
            ConditionOf("BannedSymbols.Console.txt"));

    [Theory]
    [InlineData("Learning")]
    [InlineData("Topology")]
    [InlineData("Trainer")]
    public void The_list_of_pure_code_reaches(string area) =>
        Assert.Contains($"'$(MSBuildProjectName)' == '{area}'", ConditionOf("BannedSymbols.Pure.txt").Split(" or "));

    [Fact]
    public void The_analyzer_that_reads_the_lists_is_part_of_every_project() => Assert.Contains(
        Xml("Directory.Packages.props").Descendants("GlobalPackageReference"),
        reference => reference.Attribute("Include")?.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");

    [Fact]
    public void A_banned_symbol_is_an_error() =>
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", File.ReadAllLines(Repository.PathTo(".editorconfig")));

    [Theory]
    [InlineData("BannedSymbols.txt", "P:System.DateTime.UtcNow")]
    [InlineData("BannedSymbols.txt", "P:System.DateTimeOffset.UtcNow")]
    [InlineData("BannedSymbols.txt", "T:System.Random")]
    [InlineData("BannedSymbols.txt", "M:System.Guid.NewGuid")]
    [InlineData("BannedSymbols.Console.txt", "T:System.Console")]
    [InlineData("BannedSymbols.Pure.txt", "M:System.Math.Log(System.Double)")]
    [InlineData("BannedSymbols.Pure.txt", "M:System.Math.Exp(System.Double)")]
    [InlineData("BannedSymbols.Pure.txt", "M:System.Math.Pow(System.Double,System.Double)")]
    [InlineData("BannedSymbols.Pure.txt", "T:System.TimeProvider")]
    public void A_list_has(string list, string symbol) =>
        Assert.Contains(File.ReadAllLines(Repository.PathTo(list)), line => line.Split(';')[0] == symbol);

    [Fact]
    public void Every_banned_symbol_says_what_to_do_instead() => Findings.AssertNone(
        from list in SourceFile.PathsUnder(".", "BannedSymbols*.txt")
        from line in File.ReadAllLines(Repository.PathTo(list)).Index()
        where line.Item.Length > 0 && (line.Item.Split(';', 2) is not [_, { Length: > 0 }])
        select Findings.Finding($"{list}:{line.Index + 1}", line.Item, "symbol;reason"));

    /// <summary>A project could take itself out: its own build files, the list removed, the analyzer or its verdict switched off.</summary>
    [Fact]
    public void No_project_takes_itself_out()
    {
        Findings.AssertNone(SourceFile.Projects.SelectMany(WaysOut));
        Findings.AssertNone(OwnBuildFiles().Select(path =>
            Findings.Finding(path, "a build file of its own", "those at the root only, which hold for all")));
    }

    [Theory]
    [InlineData("<AdditionalFiles Remove=\"@(AdditionalFiles)\" />")]
    [InlineData("<RunAnalyzers>false</RunAnalyzers>")]
    [InlineData("<TreatWarningsAsErrors>false</TreatWarningsAsErrors>")]
    [InlineData("<NoWarn>$(NoWarn);RS0030</NoWarn>")]
    [InlineData("<GlobalPackageReference Remove=\"Microsoft.CodeAnalysis.BannedApiAnalyzers\" />")]
    [InlineData("<ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>")]
    public void A_way_out_is_found(string element) =>
        Assert.Single(WaysOut(new SourceFile("src/Area/Area.csproj", $"<Project>{element}</Project>")));

    static IEnumerable<string> WaysOut(SourceFile project) =>
        from element in XDocument.Parse(project.Text).Descendants()
        let name = element.Name.LocalName
        where (s_removable.Contains(name) && element.Attribute("Remove") is not null)
            || (s_switches.Contains(name) && IsFalse(element))
            || (name == "NoWarn" && element.Value.Contains("RS0030", StringComparison.Ordinal))
        select Findings.Finding(project.Path, element.ToString(), "the rules of the house, as all projects have them");

    static bool IsFalse(XElement element) => element.Value.Trim().Equals("false", StringComparison.OrdinalIgnoreCase);

    static IEnumerable<string> OwnBuildFiles()
    {
        string[] folders = ["src", "tests", "samples", "eng"];
        string[] patterns = ["Directory.*.props", "Directory.*.targets", ".editorconfig", "*.globalconfig"];
        return from folder in folders from pattern in patterns from path in SourceFile.PathsUnder(folder, pattern) select path;
    }

    static string ConditionOf(string list)
    {
        var include = $"$(MSBuildThisFileDirectory){list}";
        var item = Xml(Targets).Descendants("AdditionalFiles").SingleOrDefault(file => file.Attribute("Include")?.Value == include);
        Assert.True(item is not null, Findings.Finding(Targets, $"no AdditionalFiles for {list}", "one"));
        Assert.True(File.Exists(Repository.PathTo(list)), Findings.Finding(list, "no such file", "the list"));
        return string.Join(" and ", new[] { item, item.Parent! }.Select(element => element.Attribute("Condition")?.Value).OfType<string>());
    }

    static XDocument Xml(string path) => XDocument.Load(Repository.PathTo(path));
}

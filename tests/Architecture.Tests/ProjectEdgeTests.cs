using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Architecture.Tests;

/// <summary>The drawing of docs/architecture.md as a wall.</summary>
public sealed partial class ProjectEdgeTests
{
    const string Document = "docs/architecture.md";

    [Fact]
    public void Areas_use_only_what_the_table_allows()
    {
        Assert.NotEmpty(ProjectsOfSrc());
        Findings.AssertNone(ProjectsOfSrc().SelectMany(ForbiddenEdges));
    }

    [Fact]
    public void Every_folder_of_src_is_an_area_of_the_table_with_one_project_of_its_name() =>
        Findings.AssertNone(
            from folder in Directory.GetDirectories(Repository.PathTo("src"))
            from defect in FolderDefects(Path.GetFileName(folder))
            select defect);

    [Fact]
    public void Only_Streaming_knows_the_Kafka_client() => Findings.AssertNone(
        from project in ProjectsOfSrc()
        where AreaOf(project) != "Streaming" && PackagesOf(project).Contains("Confluent.Kafka")
        select Findings.Finding(project.Path, "a reference to Confluent.Kafka", "it in src/Streaming only: folds never see Kafka"));

    [Fact]
    public void Calendars_and_Learning_have_no_package() => Findings.AssertNone(
        from project in ProjectsOfSrc()
        where AreaOf(project) is "Calendars" or "Learning"
        from package in PackagesOf(project)
        select Findings.Finding(project.Path, $"a reference to {package}", "no package: their results depend on their own code alone"));

    [Fact]
    public void No_project_of_src_uses_a_test_project() => Findings.AssertNone(
        from project in ProjectsOfSrc()
        from reference in ReferencesOf(project)
        where reference.Contains("/tests/", StringComparison.Ordinal)
        select Findings.Finding(project.Path, $"a reference to {reference}", "projects of src only"));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathTo("Kafka.Stock.sln")).Replace('\\', '/');
        Findings.AssertNone(
            from project in SourceFile.Projects
            where !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)
            select Findings.Finding("Kafka.Stock.sln", $"no {project.Path}", "every project: one build and one test run have all"));
    }

    [SkippableFact]
    public void The_document_has_the_same_table()
    {
        Skip.IfNot(File.Exists(Repository.PathTo(Document)), $"{Document} isn't written yet");
        var rows = Row().Matches(File.ReadAllText(Repository.PathTo(Document)).ReplaceLineEndings("\n"));
        var written = rows.ToDictionary(row => row.Groups["area"].Value, row => row.Groups["uses"].Value.Trim());
        Assert.NotEmpty(written);
        var areas = AllowedEdges.Table.Keys.Append(AllowedEdges.Host);
        Findings.AssertNone(
            from area in areas
            let uses = written.GetValueOrDefault(area, "no row")
            where uses != AllowedEdges.MayUse(area)
            select Findings.Finding($"{Document}, src/{area}", $"'{uses}'", $"'{AllowedEdges.MayUse(area)}'"));
    }

    [Theory]
    [InlineData("Topology", "../Streaming/Streaming.csproj")]
    [InlineData("Learning", "../Contracts/Contracts.csproj")]
    [InlineData("Streaming", "..\\Trainer\\Trainer.csproj")]
    [InlineData("Ingestor", "../Cli/Cli.csproj")]
    [InlineData("Moon", "../Contracts/Contracts.csproj")]
    public void An_edge_that_the_table_lacks_is_found(string area, string reference)
    {
        var project = new SourceFile($"src/{area}/{area}.csproj", $"""<Project><ProjectReference Include="{reference}" /></Project>""");
        var used = Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'));
        var found = Assert.Single(ForbiddenEdges(project));
        Assert.StartsWith($"{project.Path}: found a reference to {used}; expected only ", found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_no_cycle()
    {
        foreach (var area in AllowedEdges.Table.Keys) Assert.DoesNotContain(area, Reachable(area));
    }

    static SortedSet<string> Reachable(string area)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(AllowedEdges.Table[area]);
        while (open.TryDequeue(out var next))
        {
            if (!reached.Add(next)) continue;
            foreach (var used in AllowedEdges.Table[next]) open.Enqueue(used);
        }

        return reached;
    }

    static IEnumerable<SourceFile> ProjectsOfSrc() => SourceFile.Projects.Where(project => project.IsUnder("src"));

    static string AreaOf(SourceFile project) => Path.GetFileNameWithoutExtension(project.Path);

    static IEnumerable<string> ForbiddenEdges(SourceFile project) =>
        from used in ReferencesOf(project).Select(reference => Path.GetFileNameWithoutExtension(reference))
        where !AllowedEdges.Allows(AreaOf(project), used)
        select Findings.Finding(project.Path, $"a reference to {used}", $"only {AllowedEdges.MayUse(AreaOf(project))} ({Document})");

    static IEnumerable<string> FolderDefects(string area)
    {
        if (!AllowedEdges.Knows(area)) yield return Findings.Finding($"src/{area}", "an unknown area", $"an area of {Document}");
        string[] found = [.. SourceFile.PathsUnder($"src/{area}", "*.csproj")];
        if (found is not [var only] || only != $"src/{area}/{area}.csproj")
        {
            var projects = found.Length == 0 ? "no project" : string.Join(", ", found);
            yield return Findings.Finding($"src/{area}", projects, $"src/{area}/{area}.csproj");
        }
    }

    static IEnumerable<string> ReferencesOf(SourceFile project) => IncludesOf(project, "ProjectReference");

    static IEnumerable<string> PackagesOf(SourceFile project) => IncludesOf(project, "PackageReference");

    static IEnumerable<string> IncludesOf(SourceFile project, string item) =>
        XDocument.Parse(project.Text).Descendants(item).Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'));

    [GeneratedRegex(@"^\| src/(?<area>\w+) \|.*\| (?<uses>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();
}

namespace Kafka.Stock.Cli.Tests;

public sealed class SettingValuesTests
{
    [Theory]
    [InlineData("1", "2", """{"seed": 3}""", 1)]
    [InlineData(null, "2", """{"seed": 3}""", 2)]
    [InlineData(null, null, """{"seed": 3}""", 3)]
    [InlineData(null, null, """{"seed": "3"}""", 3)]
    [InlineData(null, null, """{"partitions": 3}""", 1)]
    [InlineData(null, null, null, 1)]
    public void A_flag_goes_before_the_environment_before_the_file_before_the_default(
        string? flag, string? variable, string? file, long value)
    {
        var (values, problems) = Resolve(
            [SettingTable.Seed], _ => flag,
            name => name == "KSTOCK_SEED" ? variable : throw new ArgumentException(name, nameof(name)), file);
        Assert.Empty(problems);
        Assert.Equal(value, values.Whole(SettingTable.Seed));
    }

    [Fact]
    public void All_problems_are_listed_at_once_and_each_says_where_it_was_found()
    {
        var (_, problems) = Resolve(
            SettingTable.All, setting => setting == SettingTable.Partitions ? "0" : null, name => name == "KSTOCK_SEED" ? "-1" : null,
            """{"loss": "cubic", "colour": "red", "Seed": 1, "levels": [0.9]}""");
        Assert.Equal(
            [
                "appsettings.json: found colour; expected names of docs/settings.md",
                "appsettings.json: found Seed; expected names of docs/settings.md",
                "--partitions: found 0; expected a whole number from 1 to 1000",
                "KSTOCK_SEED: found -1; expected a whole number from 0 to 9223372036854775807",
                "appsettings.json, loss: found cubic; expected one of huber, squared",
            ],
            problems);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("")]
    public void A_file_that_is_no_JSON_object_is_one_problem(string file)
    {
        var (values, problems) = Resolve([SettingTable.Seed], _ => null, _ => null, file);
        Assert.StartsWith("appsettings.json: found text that isn't JSON", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal(1, values.Whole(SettingTable.Seed));
    }

    [Fact]
    public void A_file_may_have_comments_and_lists()
    {
        var (values, problems) = Resolve(
            [SettingTable.Kafka], _ => null, _ => null, """{ /* ours */ "kafka": ["a=1", "b=2"], }""");
        Assert.Empty(problems);
        Assert.Equal(["a=1", "b=2"], values.Lines(SettingTable.Kafka));
    }

    [Fact]
    public void An_empty_value_is_found_to_be_nothing_and_a_long_one_is_cut()
    {
        var (_, problems) = Resolve(
            [SettingTable.Seed, SettingTable.Loss], s => s == SettingTable.Seed ? "" : new string('x', 500), _ => null, null);
        Assert.StartsWith("--seed: found nothing; ", problems[0], StringComparison.Ordinal);
        Assert.Contains(new string('x', 80) + "…;", problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_in_no_problem()
    {
        var (_, problems) = Resolve([SettingTable.Kafka], _ => "hunter2", _ => null, null);
        Assert.DoesNotContain("hunter2", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_never_set_and_has_no_default_is_null()
    {
        var (values, _) = Resolve([SettingTable.Bootstrap, SettingTable.Speed, SettingTable.Kafka], _ => null, _ => null, null);
        Assert.Null(values.TextOrNull(SettingTable.Bootstrap));
        Assert.Null(values.RealOrNull(SettingTable.Speed));
        Assert.Empty(values.Lines(SettingTable.Kafka));
    }

    static (SettingValues Values, List<string> Problems) Resolve(
        IReadOnlyList<Setting> settings, Func<Setting, string?> flags, Func<string, string?> environment, string? file)
    {
        var problems = new List<string>();
        return (SettingValues.Resolve(settings, flags, environment, file, problems), problems);
    }
}

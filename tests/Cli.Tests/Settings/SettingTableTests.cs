using Kafka.Stock.TestKit;

namespace Kafka.Stock.Cli.Tests;

public sealed class SettingTableTests
{
    public static TheoryData<string> Names => [.. SettingTable.All.Select(setting => setting.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_default_is_accepted_and_nonsense_is_not(string name)
    {
        var setting = SettingTable.All.Single(one => one.Name == name);
        if (setting.Default.Length > 0) Assert.True(setting.Accepts(setting.Default), setting.Default);
        Assert.False(setting.Accepts(""));
        Setting[] paths = [SettingTable.Models, SettingTable.Lake, SettingTable.LakeWork]; // a folder may have any name
        if (!paths.Contains(setting)) Assert.False(setting.Accepts("no such value!"));
        Assert.Matches("^KSTOCK_[A-Z0-9_]+$", setting.Variable);
        Assert.EndsWith(".", setting.Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("partitions", "1 1000", "0 1001 1.5 +1x")]
    [InlineData("learning-rate", "0 1 1e-4", "-1 1.1 NaN Infinity 1,5")]
    [InlineData("levels", "0.9 0.8,0.9 0.5,0.9,0.999", "0.8 0.9,0.8 0.9,0.9 0.4,0.9 0.9,1 0.9,")]
    [InlineData("tick-intervals", "1s 1m,5m 1d 12h", "0s 7s 1w 1m, 13h")]
    [InlineData("bootstrap", "a:1 a:1,b:65535 [::1]:9092", "a :1 a:0 a:65536 a:1, a:x")]
    [InlineData("source", "iex a-b.c 1", "a/b a_b")]
    [InlineData("speed", "0.5 60", "0 -1 NaN fast")]
    [InlineData("calendar", "us-equities 24x7", "moon US-EQUITIES")]
    [InlineData("s3-endpoint", "http://127.0.0.1:9000 https://s3.example", "127.0.0.1:9000 ftp://a s3://b")]
    [InlineData("s3-region", "us-east-1 eu", "us_east US")]
    [InlineData("kafka", "a=b a= a=b=c", "a =b")]
    public void Values_at_the_bounds_are_accepted_and_those_beyond_are_not(string name, string accepted, string refused)
    {
        var setting = SettingTable.All.Single(one => one.Name == name);
        Assert.All(accepted.Split(' '), text => Assert.True(setting.Accepts(text), text));
        Assert.All(refused.Split(' '), text => Assert.False(setting.Accepts(text), text));
    }

    [Fact]
    public void Names_stand_once_and_only_client_properties_are_secret()
    {
        Assert.Equal(SettingTable.All.Count, SettingTable.All.Select(setting => setting.Name).Distinct().Count());
        Assert.Equal([SettingTable.Kafka], SettingTable.All.Where(setting => setting.Secret));
    }

    /// <summary>Compared whole; what it should be lies beside the tests as <c>settings.md.received</c> when it differs.</summary>
    [Fact]
    public void The_document_is_made_from_the_table()
    {
        var made = SettingDocument.ToMarkdown();
        Assert.All(SettingTable.All, setting => Assert.Contains($"| `{setting.Flag}` |", made, StringComparison.Ordinal));
        Assert.DoesNotContain("## Others", made, StringComparison.Ordinal);
        var path = Repository.PathTo("docs/settings.md");
        if (File.Exists(path) && File.ReadAllText(path) == made) return;
        var received = Path.Combine(AppContext.BaseDirectory, "settings.md.received");
        File.WriteAllText(received, made);
        Assert.Fail($"docs/settings.md: found another text than the table gives; if the change is meant, copy {received} over it");
    }
}

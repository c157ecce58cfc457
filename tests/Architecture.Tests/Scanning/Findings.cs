namespace Kafka.Stock.Architecture.Tests;

/// <summary>How a broken rule is told: all places in one message, each with where, found and expected.</summary>
static class Findings
{
    const int ShownMax = 40;

    public static string Finding(string where, string found, string expected) => $"{where}: found {found}; expected {expected}";

    public static void AssertNone(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        var shown = string.Join('\n', all.Take(ShownMax));
        Assert.True(all.Count == 0, all.Count > ShownMax ? $"{shown}\n... and {all.Count - ShownMax} more" : shown);
    }
}

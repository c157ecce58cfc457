using System.Text.RegularExpressions;

namespace Kafka.Stock.Architecture.Tests;

/// <summary>What ties a file to the machine it was written on, or to a feed that others don't have.</summary>
static class RepositoryContentRules
{
    // In halves, or this file would break the rule itself.
    static readonly string[] s_registryHosts =
    [
        "nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "pypi" + ".org", "pythonhosted" + ".org", "crates" + ".io",
        "proxy.golang" + ".org", "maven" + ".org", "pkg.github" + ".com", "pkgs.dev.azure" + ".com", "pkgs.visualstudio" + ".com",
        "jfrog" + ".io", "cloudsmith" + ".io", "artifact" + "ory", "nexus/" + "repository",
    ];

    /// <summary>Folders at the root of a disk in which people and build machines keep checkouts.</summary>
    static readonly string s_roots = string.Join('|', "wo" + "rk", "ho" + "me", "ro" + "ot", "Us" + "ers", "workspa" + "ce");

    static readonly Regex s_machinePath = Pattern(@"(?<![\w.$)}\]~/*-])/(" + s_roots + @")/[\w.]|\b[A-Za-z]:\\Us" + @"ers\\");

    static readonly Regex s_resolvedUrl = Pattern(@"""(resolved|source)""\s*:\s*""https?:");

    public static IEnumerable<string> Defects(string path, string text)
    {
        var isLockFile = path.EndsWith("lock.json", StringComparison.Ordinal);
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var where = $"{path}:{index + 1}";
            var host = Array.Find(s_registryHosts, host => line.Contains(host, StringComparison.OrdinalIgnoreCase));
            if (host is not null) yield return Findings.Finding(where, $"the package registry {host}", "no registry: a user's own is used");
            var machine = s_machinePath.Match(line);
            if (machine.Success) yield return Findings.Finding(where, $"the path '{machine.Value}...'", "no path of a machine");
            if (isLockFile && s_resolvedUrl.IsMatch(line)) yield return Findings.Finding(where, line.Trim(), "no address in it");
        }
    }

    static Regex Pattern(string pattern) => new(pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
}

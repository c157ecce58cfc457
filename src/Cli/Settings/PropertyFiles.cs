using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>
/// Properties whose value lies in a file: <c>sasl.password.file=PATH</c> sets <c>sasl.password</c>, so that no secret is
/// typed.
/// </summary>
static class PropertyFiles
{
    const string Suffix = ".file";

    /// <summary>
    /// Replaces every <c>KEY.file=PATH</c> by <c>KEY=</c> and the file's text without its last line end;
    /// <c>property.file</c> stays.
    /// </summary>
    /// <exception cref="ConfigurationException">A file can't be read.</exception>
    public static IEnumerable<string> Resolve(IEnumerable<string> pairs)
    {
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = pair[..equals].Trim();
            if (!name.EndsWith(Suffix, StringComparison.Ordinal) || name == Streaming.KafkaOptions.PropertyFile) yield return pair;
            else yield return $"{name[..^Suffix.Length]}={Read(name, pair[(equals + 1)..].Trim())}";
        }
    }

    static string Read(string name, string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException($"--kafka {name}", error.Message, "a file that can be read", error);
        }
    }
}

using System.Globalization;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;
using Kafka.Stock.Topology;

namespace Kafka.Stock.Cli;

/// <summary>The lake that a demo leaves: bronze takes the topics' records while they come, silver and gold are made at the end.</summary>
/// <remarks>A demo's broker begins with offset 0, so its lake is a new one: it is made beside the old one and takes its place when it is
/// whole.</remarks>
sealed class DemoLake : IDisposable
{
    const int PlaceTriesMax = 20;
    const string Mark = "made-by-the-demo";

    readonly string _path;
    readonly string _made;
    readonly OpenLake _lake;
    readonly Dictionary<string, BronzeTable> _tables;

    DemoLake(string path, string made, OpenLake lake, Dictionary<string, BronzeTable> tables) =>
        (_path, _made, _lake, _tables) = (path, made, lake, tables);

    /// <summary>Begins a lake.</summary>
    /// <exception cref="ConfigurationException">It isn't a folder.</exception>
    /// <exception cref="RefusedException">Where it is to be, there is something that no demo made.</exception>
    public static async Task<DemoLake> BeginAsync(SettingValues values, CancellationToken cancellation)
    {
        if (values.TextOrNull(SettingTable.Lake) is { } far && far.Contains("://", StringComparison.Ordinal))
            throw new ConfigurationException("lake of the demo", far, "a folder");
        var path = Path.GetFullPath(values.TextOrNull(SettingTable.Lake) ?? OpenLake.DefaultPath);
        if (Directory.Exists(path) && !File.Exists(Path.Combine(path, Mark)) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new RefusedException(path, "a folder that no demo made", "none, or one that an earlier demo made, which is replaced");
        var made = $"{path}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.new";
        DeleteLeftovers(path);
        Directory.CreateDirectory(made);
        await File.WriteAllTextAsync(Path.Combine(made, Mark), "The next demo replaces this folder.\n", cancellation);
        var lake = OpenLake.Of(values, made);
        var tables = new Dictionary<string, BronzeTable>(StringComparer.Ordinal);
        foreach (var (topic, table) in LakeTables.Synced)
            tables[topic.Name] = await BronzeTable.OpenAsync(lake.Lake, table, cancellation);
        return new DemoLake(path, made, lake, tables);
    }

    /// <summary>Takes a record of a topic.</summary>
    public void Take(string topic, in TopicRecord record)
    {
        if (_tables.TryGetValue(topic, out var table)) table.Add(BronzeRecord.Of(topic, record));
    }

    /// <summary>Makes the lake whole, puts it in its place, and says what to try.</summary>
    public async Task CompleteAsync(TopologyOptions topology, TextWriter output, CancellationToken cancellation)
    {
        foreach (var table in _tables.Values) await table.CommitAsync(cancellation);
        var report = await new LakeRebuild(_lake.Lake, new RebuildOptions { Topology = topology }).RunAsync(cancellation);
        PutInPlace();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"The lake, {report.FeatureRows:N0} rows of gold, is in {_path} (Delta tables; any reader of them will do). Try:"));
        var flag = _path == Path.GetFullPath(OpenLake.DefaultPath) ? "" : $" --lake {_path}";
        await output.WriteLineAsync(
            $"  ./kstock lake query \"select series, count(*) from gold.features group by 1 order by 1\"{flag}");
        await output.WriteLineAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var table in _tables.Values) table.Dispose();
        _lake.Dispose();
        if (Directory.Exists(_made)) Directory.Delete(_made, recursive: true);
    }

    /// <summary>What demos left behind that were killed.</summary>
    static void DeleteLeftovers(string path)
    {
        var parent = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(parent)) return;
        foreach (var folder in Directory.EnumerateDirectories(parent, $"{Path.GetFileName(path)}.*.new"))
        {
            var process = Path.GetFileName(folder).Split('.')[^2];
            if (!Directory.Exists($"/proc/{process}")) Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Several demos may end at once: the last one's lake stays.</summary>
    void PutInPlace()
    {
        var old = $"{_made}.old";
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (Directory.Exists(_path)) Directory.Move(_path, old);
                Directory.Move(_made, _path);
                break;
            }
            catch (IOException) when (tries < PlaceTriesMax)
            {
                // Another demo was faster: its lake is the old one now.
            }
            finally
            {
                if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
            }
        }
    }
}

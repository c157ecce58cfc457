using System.Text.RegularExpressions;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>The tables that an SQL text names, such as <c>gold.features</c>, as views of a database that then only reads them.</summary>
sealed partial class LakeViews : IDisposable
{
    readonly List<TableScan> _scans = [];

    /// <summary>Makes the views and locks the database.</summary>
    public static async Task<LakeViews> OpenAsync(Lake lake, string sql, CancellationToken cancellation)
    {
        var views = new LakeViews();
        try
        {
            await views.CreateAsync(lake, sql, cancellation);
            return views;
        }
        catch (StockException error)
        {
            using (views)
            {
                if (views.Named(lake.Database, error, cancellation) is var named && !ReferenceEquals(named, error)) throw named;
            }

            throw;
        }
        catch
        {
            views.Dispose();
            throw;
        }
    }

    /// <summary>The data file that a statement failed at, by name, where that is the reason; else the error itself.</summary>
    public Exception Named(DuckDatabase database, Exception error, CancellationToken cancellation) =>
        _scans.Select(scan => scan.Named(database, error, cancellation)).FirstOrDefault(named => !ReferenceEquals(named, error)) ?? error;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var scan in _scans) scan.Dispose();
        _scans.Clear();
    }

    async Task CreateAsync(Lake lake, string sql, CancellationToken cancellation)
    {
        using (var connection = lake.Database.Connect())
        {
            foreach (var (layer, name) in Named(sql))
            {
                if (!await lake.HasAsync($"{layer}/{name}", cancellation)) continue;
                var table = await lake.OpenAsync($"{layer}/{name}", cancellation);
                var scan = await TableScan.OpenAsync(table, table.Snapshot, [], cancellation);
                _scans.Add(scan);
                connection.Execute($"CREATE SCHEMA IF NOT EXISTS {Sql.Name(layer)}", cancellation);
                connection.Execute($"CREATE VIEW {Sql.Name(layer)}.{Sql.Name(name)} AS SELECT * FROM {scan.Relation}", cancellation);
            }
        }

        var root = lake.Store.Root.Contains("://", StringComparison.Ordinal) ? [] : new[] { lake.Store.Root };
        lake.Database.Lock(root, _scans.SelectMany(scan => scan.Copies));
    }

    /// <summary>Pairs of names with a dot between; those that are no table of the lake are columns, or an error that SQL tells.</summary>
    static IEnumerable<(string Layer, string Name)> Named(string sql) => PairOfNames().Matches(sql)
        .Select(match => (match.Groups["layer"].Value.ToLowerInvariant(), match.Groups["table"].Value.ToLowerInvariant())).Distinct();

    [GeneratedRegex(
        """\b(?<layer>[A-Za-z_][A-Za-z0-9_]*)"?\s*\.\s*"?(?<table>[A-Za-z_][A-Za-z0-9_]*)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PairOfNames();
}

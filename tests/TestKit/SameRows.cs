using System.Globalization;
using Kafka.Stock.Lakehouse;
using Xunit;

namespace Kafka.Stock.TestKit;

/// <summary>The rows of a table here and in ClickHouse. Never by <c>count()</c>, which ClickHouse takes from the log.</summary>
public static class SameRows
{
    /// <summary>Passes where both have the same rows; fails on the first that differ. Order doesn't count.</summary>
    /// <param name="clickHouse">Reads <paramref name="from"/>.</param>
    /// <param name="table">Read here.</param>
    /// <param name="snapshot">A version of it.</param>
    /// <param name="from">The same table, in ClickHouse's SQL.</param>
    /// <returns>The number of rows.</returns>
    public static async Task<int> DemandAsync(ClickHouse clickHouse, DeltaTable table, Snapshot snapshot, string from)
    {
        var ours = await OursAsync(table, snapshot, scan => $"SELECT {RowText.Ours(snapshot.Schema)} AS t FROM {scan} ORDER BY t");
        var theirs = await clickHouse.QueryAsync(
            $"""
            SELECT {RowText.Theirs(snapshot.Schema)} AS t FROM {from} ORDER BY t
            SETTINGS delta_lake_snapshot_version = {snapshot.Version.ToString(CultureInfo.InvariantCulture)}
            """,
            default);
        Assert.Equal(ours, theirs.Rows.Select(row => row[0]));
        return ours.Count;
    }

    /// <summary>Passes where a hash of all rows as text, made in either engine, is the same, whatever their order: for large tables. Else
    /// names the columns that differ.</summary>
    /// <returns>The hash, and of how many rows.</returns>
    public static async Task<(string Hash, long Rows)> DemandHashAsync(ClickHouse clickHouse, DeltaTable table, string from)
    {
        var schema = table.Snapshot.Schema;
        var (ours, theirs) = await HashesAsync(clickHouse, table, from, schema);
        if (ours != theirs)
        {
            var columns = new List<string>();
            foreach (var column in schema.Fields)
            {
                var (here, there) = await HashesAsync(clickHouse, table, from, new StructType([column]));
                if (here != there) columns.Add(column.Name);
            }

            var which = columns.Count == 0 ? "in which values stand together" : $"in {string.Join(", ", columns)}";
            Assert.Fail($"{table.Path}: found {theirs} in ClickHouse; expected {ours}; they differ {which}");
        }

        var parts = ours.Split(' ');
        return (parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    static async Task<(string Ours, string Theirs)> HashesAsync(ClickHouse clickHouse, DeltaTable table, string from, StructType columns)
    {
        var ours = await OursAsync(
            table,
            table.Snapshot,
            scan => $"""
                SELECT coalesce(md5(string_agg(h, '' ORDER BY h)), md5('')) || ' ' || count(*)
                FROM (SELECT md5({RowText.Ours(columns)}) AS h FROM {scan})
                """);
        var theirs = await clickHouse.QueryAsync(
            $"""
            SELECT lower(hex(MD5(arrayStringConcat(arraySort(groupArray(h)))))) || ' ' || toString(sum(1))
            FROM (SELECT lower(hex(MD5({RowText.Theirs(columns)}))) AS h FROM {from})
            """,
            default);
        return (ours[0], theirs.Rows[0][0]!);
    }

    static async Task<List<string>> OursAsync(DeltaTable table, Snapshot snapshot, Func<string, string> select)
    {
        using var scan = await TableScan.OpenAsync(table, snapshot, [], default);
        using var connection = table.Lake.Database.Connect();
        using var result = connection.Query(select(scan.Relation));
        var rows = new List<string>();
        while (result.Read())
        {
            for (var row = 0; row < result.RowCount; row++) rows.Add(result[0].Text(row)!);
        }

        return rows;
    }
}

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

    /// <summary>Passes where a hash of all rows as text, made in either engine, is the same: for large tables.</summary>
    /// <returns>The hash, and of how many rows.</returns>
    public static async Task<(string Hash, long Rows)> DemandHashAsync(ClickHouse clickHouse, DeltaTable table, string from)
    {
        var schema = table.Snapshot.Schema;
        var ours = await OursAsync(
            table,
            table.Snapshot,
            scan => $"""
                SELECT coalesce(md5(string_agg(h, '' ORDER BY h)), md5('')) || ' ' || count(*)
                FROM (SELECT md5({RowText.Ours(schema)}) AS h FROM {scan})
                """);
        var theirs = await clickHouse.QueryAsync(
            $"""
            SELECT lower(hex(MD5(arrayStringConcat(arraySort(groupArray(h)))))) || ' ' || toString(sum(1))
            FROM (SELECT lower(hex(MD5({RowText.Theirs(schema)}))) AS h FROM {from})
            """,
            default);
        Assert.Equal(ours, theirs.Rows.Select(row => row[0]));
        var parts = ours[0].Split(' ');
        return (parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture));
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

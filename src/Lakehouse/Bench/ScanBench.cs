using System.Diagnostics;
using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Measures reading a table on a local disk beside ClickHouse's reader of the same table, in turns.</summary>
public static class ScanBench
{
    const int ThreadsMax = 2;

    /// <summary>Sums every number of a table, then those of some rows: all bytes are read, so no count from the log answers it.</summary>
    /// <param name="lake">Of a local folder.</param>
    /// <param name="path">Of the table in it.</param>
    /// <param name="filter">A condition on a column of whole numbers or of text.</param>
    /// <param name="rounds">How often; the best counts. At least 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BrokenInputException">The two don't agree on the sums, to 9 digits.</exception>
    public static async Task<ScanBenchResult> RunAsync(Lake lake, string path, RowFilter filter, int rounds, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var snapshot = (await lake.OpenAsync(path, cancellation)).Snapshot;
        var value = filter.Value ?? throw new ArgumentException("a value to compare with", nameof(filter));
        var condition = ConditionOf(snapshot.Schema, filter, value);
        using var theirs = ClickHouse.TryStart();
        var from = ClickHouse.LocalTable($"{lake.Store.Root}/{path}");
        var (full, filtered) = (new Pair(), new Pair());
        for (var round = 0; round < rounds; round++)
        {
            await OneAsync(full, [], "1 = 1");
            await OneAsync(filtered, [filter], condition);
        }

        return new ScanBenchResult(snapshot.RowCount ?? full.Rows, full.OurMs, filtered.OurMs, full.TheirMs, filtered.TheirMs);

        async Task OneAsync(Pair pair, RowFilter[] filters, string where)
        {
            var start = Stopwatch.GetTimestamp();
            var ours = await SumsAsync(lake, path, filters, cancellation);
            pair.Ours(Stopwatch.GetElapsedTime(start).TotalMilliseconds, (long)ours[0]);
            if (theirs is null) return;
            var answer = await theirs.QueryAsync(
                $"SELECT {ClickHouseSums(snapshot.Schema)} FROM {from} WHERE {where} SETTINGS max_threads = {ThreadsMax}", cancellation);
            pair.Theirs(answer.Ms);
            DemandSame(snapshot, ours, [.. answer.Rows[0].Select(text => double.Parse(text, CultureInfo.InvariantCulture))]);
        }
    }

    static async Task<double[]> SumsAsync(Lake lake, string path, RowFilter[] filters, CancellationToken cancellation)
    {
        var table = await lake.OpenAsync(path, cancellation);
        using var scan = await TableScan.OpenAsync(table, table.Snapshot, filters, cancellation);
        using var connection = lake.Database.Connect();
        var schema = table.Snapshot.Schema;
        var sql = $"SELECT {OurSums(schema)} FROM {scan.Relation} WHERE {FileSkipping.ToSql(schema, filters)}";
        using var result = connection.Query(sql, cancellation);
        if (!result.Read()) throw new InvalidOperationException("a SELECT of sums gave no row");
        return [.. Enumerable.Range(0, result.Columns.Count).Select(column => result[column].Values<double>()[0])];
    }

    static string OurSums(StructType schema) => string.Join(
        ", ", Numbers(schema).Select(name => $"coalesce(sum(CAST({Sql.Name(name)} AS DOUBLE)), 0)").Prepend("CAST(count(*) AS DOUBLE)"));

    static string ClickHouseSums(StructType schema) => string.Join(
        ", ", Numbers(schema).Select(name => $"ifNull(sum(toFloat64({Name(name)})), 0)").Prepend("sum(1)"));

    static IEnumerable<string> Numbers(StructType schema) => schema.Fields.Where(field => IsNumber(field.Type)).Select(field => field.Name);

    static bool IsNumber(DeltaType type) => type is DecimalType || IsWhole(type) || type == DeltaType.Float32 || type == DeltaType.Float64;

    static bool IsWhole(DeltaType type) =>
        type == DeltaType.Int64 || type == DeltaType.Int32 || type == DeltaType.Int16 || type == DeltaType.Int8;

    /// <summary>In ClickHouse's SQL, where numbers and texts are written as in ours but for the quotes of names.</summary>
    static string ConditionOf(StructType schema, RowFilter filter, string value)
    {
        var sign = filter.Comparison switch
        {
            Comparison.Equal => "=",
            Comparison.NotEqual => "!=",
            Comparison.Less => "<",
            Comparison.LessOrEqual => "<=",
            Comparison.Greater => ">",
            Comparison.GreaterOrEqual => ">=",
            _ => throw new ArgumentException("a comparison with a value", nameof(filter)),
        };
        var field = schema.Find(filter.Column) ?? throw new ArgumentException($"column {filter.Column} isn't there", nameof(filter));
        return $"{Name(field.Name)} {sign} {(IsWhole(field.Type) ? value : ClickHouse.Literal(value))}";
    }

    static string Name(string name)
    {
        var escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal);
        return $"`{escaped}`";
    }

    static void DemandSame(Snapshot snapshot, double[] ours, double[] theirs)
    {
        for (var i = 0; i < ours.Length; i++)
        {
            // Additions in another order differ in the last digits.
            if (ours[i].Equals(theirs[i]) || Math.Abs(ours[i] - theirs[i]) <= 1e-9 * Math.Abs(ours[i])) continue;
            throw new BrokenInputException(
                snapshot.Where, $"sum {i} of {ours[i]:R} here and of {theirs[i]:R} in ClickHouse", "the same rows");
        }
    }

    sealed class Pair
    {
        public double OurMs { get; private set; } = double.PositiveInfinity;

        public double? TheirMs { get; private set; }

        public long Rows { get; private set; }

        public void Ours(double ms, long rows) => (OurMs, Rows) = (Math.Min(OurMs, ms), rows);

        public void Theirs(double ms) => TheirMs = Math.Min(TheirMs ?? double.PositiveInfinity, ms);
    }
}

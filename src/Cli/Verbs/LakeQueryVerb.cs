using System.CommandLine;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock lake query</c>: SQL over the tables by name. It only reads, and only the lake.</summary>
static class LakeQueryVerb
{
    public static Command Build()
    {
        var sql = new Argument<string>("sql") { Description = "One SELECT; tables by name, such as gold.features or bronze.market." };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var csv = new Option<bool>("--csv") { Description = "CSV with names in the first line." };
        var verb = Verb.Create(
            "query",
            """
            Runs one SELECT (DuckDB's dialect) over the lake's tables. Writing, and reading outside of the lake, is refused.
            "offset", "end" and "view" are words of SQL: as columns they stand in double quotes.

            Examples:
              kstock lake query "select series, count(*) from gold.features group by 1 order by 1"
              kstock lake query "select * from silver.bars where symbol = 'AAPL' limit 10" --csv
            """,
            SettingTable.Lakehouse,
            async (context, cancellation) =>
            {
                var format = (context.Parse.GetValue(json), context.Parse.GetValue(csv)) switch
                {
                    (true, false) => RowFormat.Json,
                    (false, true) => RowFormat.Csv,
                    _ => RowFormat.Table,
                };
                if (context.Parse.GetValue(json) && context.Parse.GetValue(csv))
                    context.Problem("--json and --csv: found both; expected one of them");
                context.ThrowIfProblems();
                using var lake = OpenLake.Of(context.Values);
                using var views = await LakeViews.OpenAsync(lake.Lake, context.Parse.GetValue(sql)!, cancellation);
                using var connection = lake.Lake.Database.Connect();
                try
                {
                    await RowPrinter.WriteAsync(connection, context.Parse.GetValue(sql)!, format, Console.Out, cancellation);
                }
                catch (StockException error)
                {
                    var named = views.Named(lake.Lake.Database, error, cancellation);
                    if (ReferenceEquals(named, error)) throw;
                    throw named;
                }

                return ExitCode.Done;
            });
        verb.Add(sql);
        verb.Add(json);
        verb.Add(csv);
        return verb;
    }
}

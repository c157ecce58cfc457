using System.CommandLine;
using Kafka.Stock.BatchJob;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>A table as users name it: <c>gold.features</c> or <c>gold/features</c> of the lake, a folder, or s3://bucket/prefix.</summary>
static class TablePath
{
    /// <summary>It as an argument. A misspelt flag isn't taken for one.</summary>
    public static Argument<string> Argument()
    {
        var table = new Argument<string>("table")
        {
            Description = "A table of the lake, such as gold.features; or a folder or s3://bucket/prefix that is a Delta table.",
        };
        table.Validators.Add(typed =>
        {
            foreach (var token in typed.Tokens.Where(token => token.Value.StartsWith('-')))
                typed.AddError($"'{token.Value}': found a flag that this verb doesn't have; expected one of --help, or a table");
        });
        return table;
    }

    /// <summary>The table of the lake that a name says; null for a path of its own.</summary>
    public static string? InLake(string text) => LakeTables.Paths.FirstOrDefault(path => path == text || path.Replace('/', '.') == text);

    /// <summary>Opens the lake that the table lies in, and the table's path in it.</summary>
    static (OpenLake Lake, string Path) Open(SettingValues values, string text) =>
        InLake(text) is { } path ? (OpenLake.Of(values), path) : (OpenLake.Of(values, text), "");

    /// <summary>What a verb does with one table: opens it unless something is wrong with the command line, works, and closes.</summary>
    public static async Task<int> WorkAsync(
        VerbContext context, Argument<string> argument, Func<DeltaTable, Task> work, CancellationToken cancellation)
    {
        context.ThrowIfProblems();
        var (lake, path) = Open(context.Values, context.Parse.GetValue(argument)!);
        using (lake) await work(await lake.Lake.OpenAsync(path, cancellation));
        return ExitCode.Done;
    }
}

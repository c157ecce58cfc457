using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>ClickHouse, whose Delta reader (delta-kernel-rs) is nobody's of ours: it tells whether others read what is written here,
/// and how fast. Npm's chdb in a Node process that lives as long as this object. One query at a time.</summary>
/// <remarks>Its <c>count()</c> trusts the log's statistics: compare sums or rows.</remarks>
public sealed class ClickHouse : IDisposable
{
    /// <summary>What to do where <see cref="TryStart"/> gives none.</summary>
    public const string Missing =
        "ClickHouse isn't there: run eng/clickhouse/install, or set KSTOCK_CLICKHOUSE to the folder of another installation";

    readonly Process _node;
    readonly StringBuilder _errors = new();

    ClickHouse(Process node)
    {
        _node = node;
        _node.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        _node.BeginErrorReadLine();
    }

    /// <summary>Starts it; null where chdb or Node isn't installed.</summary>
    public static ClickHouse? TryStart()
    {
        if (Folder() is not { } folder) return null;
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "bench", "clickhouse.cjs"), folder])
        {
            // It only reads files below the folder that it runs in.
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            return Process.Start(start) is { } node ? new ClickHouse(node) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>A Delta table in a folder, to stand behind FROM.</summary>
    public static string LocalTable(string folder) => $"deltaLakeLocal({Literal(Path.GetFullPath(folder))})";

    /// <summary>A Delta table on S3, to stand behind FROM.</summary>
    /// <param name="endpoint">Address of the server; the bucket goes into the path.</param>
    /// <param name="path">The table as <c>s3://bucket/prefix</c>.</param>
    /// <param name="key">Access key.</param>
    /// <param name="secret">Secret key.</param>
    public static string S3Table(string endpoint, string path, string key, string secret) =>
        $"deltaLake({Literal($"{endpoint.TrimEnd('/')}/{path["s3://".Length..]}")}, {Literal(key)}, {Literal(secret)})";

    /// <summary>A string literal of its SQL.</summary>
    public static string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>Runs one statement.</summary>
    /// <exception cref="BrokenInputException">ClickHouse refuses it: says why.</exception>
    public async Task<ClickHouseAnswer> QueryAsync(string sql, CancellationToken cancellation)
    {
        var question = JsonSerializer.Serialize(new Dictionary<string, string> { ["sql"] = sql });
        await _node.StandardInput.WriteLineAsync(question.AsMemory(), cancellation);
        await _node.StandardInput.FlushAsync(cancellation);
        if (await _node.StandardOutput.ReadLineAsync(cancellation) is not { } line)
        {
            await _node.WaitForExitAsync(cancellation);
            throw new InvalidOperationException($"ClickHouse's process ended with exit code {_node.ExitCode}\n{_errors}");
        }

        using var answer = JsonDocument.Parse(line);
        var root = answer.RootElement;
        if (root.TryGetProperty("error", out var error))
            throw new BrokenInputException("ClickHouse", error.GetString()!, $"an answer to {sql}");
        var rows = root.GetProperty("rows").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var cells = rows.Select(row => JsonSerializer.Deserialize<string[]>(row)!);
        return new ClickHouseAnswer([.. cells], root.GetProperty("ms").GetDouble());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It has nothing of its own to lose, and closing its input would wait for a query that runs.
        if (!_node.HasExited) _node.Kill();
        _node.WaitForExit();
        _node.Dispose();
    }

    /// <summary>Where chdb lies: the environment's folder, else that of the checkout which the program was built in.</summary>
    static string? Folder()
    {
        const string Package = "node_modules/chdb";
        if (Environment.GetEnvironmentVariable("KSTOCK_CLICKHOUSE") is { Length: > 0 } named)
        {
            var folder = Path.GetFullPath(Path.Combine(named, Package));
            return Directory.Exists(folder) ? folder : null;
        }

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, ".kstock/clickhouse", Package);
            if (Directory.Exists(folder)) return folder;
        }

        return null;
    }
}

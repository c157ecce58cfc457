using System.Diagnostics;
using Xunit;

namespace Kafka.Stock.TestKit;

/// <summary>
/// A real S3 server for tests: the one at <c>KSTOCK_S3_ENDPOINT</c> (its bucket in <c>KSTOCK_S3_BUCKET</c>, credentials where the SDK
/// finds them), else Ceph's gateway, started here by <c>eng/s3/start</c> and stopped with the fixture. What a killed test run left
/// running is ended by the next one.
/// </summary>
/// <remarks>Made for xunit's collection fixtures: one server a test process. Each test takes a prefix of its own.</remarks>
public sealed class RadosGateway : IDisposable
{
    /// <summary>For the key and secret of the server that is started here.</summary>
    public const string AccessKey = "kstock-test", SecretKey = "kstock-test-secret";

    static readonly string s_servers = Repository.PathTo(".kstock/s3");

    readonly string? _skipReason;
    readonly string? _folder;
    int _prefixes;

    public RadosGateway()
    {
        if (Environment.GetEnvironmentVariable("KSTOCK_S3_ENDPOINT") is { Length: > 0 } endpoint)
        {
            Endpoint = endpoint;
            Bucket = Environment.GetEnvironmentVariable("KSTOCK_S3_BUCKET") ?? "kstock";
            return;
        }

        _skipReason = MissingProgram() is { } missing ? $"{missing} isn't there: run eng/s3/install, or set KSTOCK_S3_ENDPOINT" : null;
        if (_skipReason is not null) return;
        EndAbandoned();
        _folder = Path.Combine(s_servers, Environment.ProcessId.ToString());
        Endpoint = Field(Run("start", _folder), "endpoint");
        // The SDK's own chain finds them here, as it would in service.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", SecretKey);
    }

    /// <summary>Address of the server.</summary>
    public string Endpoint { get; } = "";

    /// <summary>A bucket that is there.</summary>
    public string Bucket { get; } = "kstock";

    /// <summary>True where the server is that of <c>KSTOCK_S3_ENDPOINT</c>.</summary>
    public bool IsForeign => _skipReason is null && _folder is null;

    /// <summary>A path in which nothing is; skips the test, with a reason, where there is no server.</summary>
    public string NewPath()
    {
        Skip.If(_skipReason is not null, _skipReason);
        var run = Process.GetCurrentProcess().StartTime.Ticks;
        return $"s3://{Bucket}/test/{run:x}-{Environment.ProcessId}/{Interlocked.Increment(ref _prefixes)}";
    }

    /// <summary>Kills the gateway as <c>kill -9</c> does. Skips where the server isn't this fixture's own.</summary>
    public void Kill()
    {
        Skip.If(_skipReason is not null, _skipReason);
        Skip.If(IsForeign, "the server of KSTOCK_S3_ENDPOINT isn't ours to kill");
        using var gateway = Process.GetProcessById(GatewayId());
        gateway.Kill();
        gateway.WaitForExit();
    }

    /// <summary>Starts the gateway again on what it had stored.</summary>
    public void Restart() => Run("start", "--gateway", _folder!);

    public void Dispose()
    {
        if (_folder is not null) End(_folder);
    }

    static string? MissingProgram()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        string[] needed = ["radosgw", "radosgw-admin", "ceph-mon", "ceph-osd", "ceph", "monmaptool", "curl"];
        return Array.Find(needed, program => !folders.Any(folder => File.Exists(Path.Combine(folder, program))));
    }

    /// <summary>Each folder is named by the test process that owns its server.</summary>
    static void EndAbandoned()
    {
        if (!Directory.Exists(s_servers)) return;
        foreach (var folder in Directory.GetDirectories(s_servers))
        {
            if (!Directory.Exists($"/proc/{Path.GetFileName(folder)}")) End(folder);
        }
    }

    static void End(string folder)
    {
        Run("stop", folder);
        Directory.Delete(folder, recursive: true);
    }

    static string Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.PathTo($"eng/s3/{script}"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["KSTOCK_S3_KEY"] = AccessKey;
        start.Environment["KSTOCK_S3_SECRET"] = SecretKey;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"eng/s3/{script}: found exit code {process.ExitCode}; expected 0\n{errors.Result}");
    }

    static string Field(string output, string name) =>
        output.Split('\n').First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();

    int GatewayId()
    {
        var processes = File.ReadLines(Path.Combine(_folder!, "processes"));
        return int.Parse(processes.Last(line => line.EndsWith(" gateway", StringComparison.Ordinal)).Split(' ')[0]);
    }
}

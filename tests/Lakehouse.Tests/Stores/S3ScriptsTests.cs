using System.Diagnostics;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary><c>eng/s3</c>: every process that was started is ended by its id, also those of a run that was killed, and no other.</summary>
[Collection(S3Collection.Name)]
public sealed class S3ScriptsTests(RadosGateway gateway) : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose()
    {
        Run("stop", _scratch.Path);
        _scratch.Dispose();
    }

    [SkippableFact]
    public void A_start_ends_what_a_killed_run_left_in_its_folder()
    {
        _ = gateway.NewPath(); // Skips where the programs aren't there.
        Skip.If(gateway.IsForeign, "KSTOCK_S3_ENDPOINT is set, so the programs need not be there");
        Assert.Equal(0, Run("start", _scratch.Path));
        var left = Processes();
        Assert.Equal(["monitor", "disk", "gateway"], left.Select(process => process.Name));
        Assert.All(left, process => Assert.True(IsAlive(process.Id)));

        Assert.Equal(0, Run("start", _scratch.Path));
        Assert.All(left, process => Assert.False(IsAlive(process.Id)));
        var next = Processes();
        Assert.All(next, process => Assert.True(IsAlive(process.Id)));
        Assert.Equal(0, Run("stop", _scratch.Path));
        Assert.All(next, process => Assert.False(IsAlive(process.Id)));
    }

    [SkippableFact]
    public void Stop_spares_a_process_that_has_got_the_number_of_an_old_one()
    {
        Skip.If(!OperatingSystem.IsLinux(), "it looks into /proc");
        using var bystander = Process.Start("sleep", "3600");
        File.WriteAllText($"{_scratch.Path}/processes", $"{bystander.Id} 1 gateway\n");
        Assert.Equal(0, Run("stop", _scratch.Path));
        Assert.False(bystander.HasExited);
        Assert.False(File.Exists($"{_scratch.Path}/processes"));
        bystander.Kill();
    }

    [Fact]
    public void Wrong_usage_is_told()
    {
        Assert.Equal(2, Run("start"));
        Assert.Equal(2, Run("start", "--gateway", _scratch.Path));
        Assert.Equal(2, Run("stop"));
    }

    static int Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.PathTo($"eng/s3/{script}"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>A zombie that nobody has collected is no longer alive.</summary>
    static bool IsAlive(int id) =>
        File.Exists($"/proc/{id}/stat") && !File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].StartsWith('Z');

    List<(int Id, string Name)> Processes() =>
        [.. File.ReadLines($"{_scratch.Path}/processes").Select(line => line.Split(' ')).Select(parts => (int.Parse(parts[0]), parts[2]))];
}

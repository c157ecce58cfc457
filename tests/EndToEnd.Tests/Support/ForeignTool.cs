using System.Diagnostics;

namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>Programs of others that read our topics; a test is skipped, with a reason, where one is missing.</summary>
static class ForeignTool
{
    /// <summary>Reads a whole topic with kcat into a file.</summary>
    public static async Task KcatAsync(string bootstrap, string topic, string format, string path)
    {
        var ended = await ChildProcess.RunAsync(
            Path.GetTempPath(), "bash", "-c", "exec kcat -C -b \"$0\" -t \"$1\" -e -q -f \"$2\" >\"$3\"", bootstrap, topic, format, path);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    /// <summary>Runs a script that lies beside the tests; gives its last line.</summary>
    public static async Task<string> PythonAsync(string script, params IEnumerable<string> arguments)
    {
        var ended = await ChildProcess.RunAsync(
            Path.GetTempPath(), "/usr/bin/python3", arguments.Prepend(Path.Combine(AppContext.BaseDirectory, script)));
        Assert.True(ended.ExitCode == 0, $"{script}: {ended}");
        return ended.LastLine;
    }

    public static void RequireKcat() => Skip.IfNot(Succeeds("kcat", "-V"), "kcat isn't installed (apt-get install kcat)");

    public static void RequirePython() =>
        Skip.IfNot(Succeeds("/usr/bin/python3", "-c", "import sys; sys.exit(sys.version_info < (3, 8))"), "/usr/bin/python3 isn't there");

    public static void RequirePythonAvro() =>
        Skip.IfNot(Succeeds("/usr/bin/python3", "-c", "import avro.io"), "python3-avro isn't installed (apt-get install python3-avro)");

    /// <summary>Arguments of setpriv that take root's right away to read what no mode allows.</summary>
    public static IReadOnlyList<string> WithoutOverride { get; } = ["--bounding-set=-dac_override,-dac_read_search", "--"];

    public static void RequireSetpriv() => Skip.IfNot(
        Succeeds("setpriv", [.. WithoutOverride, "true"]),
        "who may read everything can't be refused, and setpriv doesn't change that here");

    static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

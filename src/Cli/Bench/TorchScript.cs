using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Kafka.Stock.Cli;

/// <summary>A reference that python3-torch gives: a script beside the program that prints one number.</summary>
static class TorchScript
{
    /// <summary>The number; null where python3 has no torch.</summary>
    public static async Task<double?> RunAsync(string name, IEnumerable<int> arguments, CancellationToken cancellation)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "bench", name);
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        List<string> words = [script, .. arguments.Select(argument => argument.ToString(CultureInfo.InvariantCulture))];
        var start = new ProcessStartInfo(python, words)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException("no process");
            var error = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            await error;
            var isNumber = double.TryParse(output.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            return process.ExitCode == 0 && isNumber ? number : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

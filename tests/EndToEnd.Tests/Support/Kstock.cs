namespace Kafka.Stock.EndToEnd.Tests.Support;

/// <summary>The program, as a user starts it: the built assembly beside the tests.</summary>
static class Kstock
{
    /// <summary>Its assembly.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "kstock.dll");

    /// <summary>The bundled data.</summary>
    public static string Data { get; } = Path.Combine(AppContext.BaseDirectory, "data", "demo");

    /// <summary>What runs it.</summary>
    public static string Host { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static ChildProcess Start(params IEnumerable<string> arguments) => StartIn(Path.GetTempPath(), arguments);

    public static ChildProcess StartIn(string folder, params IEnumerable<string> arguments) =>
        ChildProcess.Start(folder, Host, arguments.Prepend(Program));

    public static Task<Ended> RunAsync(params IEnumerable<string> arguments) => RunInAsync(Path.GetTempPath(), arguments);

    public static Task<Ended> RunInAsync(string folder, params IEnumerable<string> arguments) =>
        ChildProcess.RunAsync(folder, Host, arguments.Prepend(Program));

    /// <summary>As a user whom modes of files bind, also where root runs the tests.</summary>
    public static Task<Ended> RunWithoutOverrideAsync(params IEnumerable<string> arguments) => Environment.IsPrivilegedProcess
        ? ChildProcess.RunAsync(Path.GetTempPath(), "setpriv", [.. ForeignTool.WithoutOverride, Host, Program, .. arguments])
        : RunAsync(arguments);
}

using System.Text.RegularExpressions;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Docs.Tests;

/// <summary>A demo of short data that keeps its broker up, in a checkout of its own.</summary>
public sealed partial class RunningDemo : IAsyncLifetime, IDisposable
{
    Shell? _demo;

    public Checkout Checkout { get; } = new();

    /// <summary>The broker's address, <c>host:port</c>.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        ShortData.WriteTo(Directory.CreateDirectory(Path.Combine(Checkout.Folder, "short")).FullName);
        _demo = new Shell("exec ./kstock demo --fast --keep --data short", Checkout.Folder, "serving at");
        using var limit = new CancellationTokenSource(Shell.Limit);
        await _demo.HeardAsync(limit.Token);
        Address = AddressPattern().Match(_demo.Lines("serving at").First()).Value;
    }

    public async Task DisposeAsync()
    {
        if (_demo is null) return;
        using var limit = new CancellationTokenSource(Shell.Limit);
        _demo.Interrupt();
        await _demo.EndAsync(limit.Token);
    }

    public void Dispose()
    {
        _demo?.Dispose();
        Checkout.Dispose();
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex AddressPattern();
}

using System.Net;
using System.Net.Sockets;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>A relay on loopback before a server, which loses answers: it hands the request on, waits until the server answers, and
/// cuts the connection instead of telling. So the request has had its effect, and nobody knows. Or it holds an answer back for
/// ever.</summary>
sealed class CuttingRelay : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly IPEndPoint _server;
    readonly Task _accepting;
    int _armed;
    int _cuts;
    int _untilHeld = -1;

    public CuttingRelay(string endpoint)
    {
        var address = new Uri(endpoint);
        _server = new IPEndPoint(IPAddress.Parse(address.Host), address.Port);
        _listener.Start();
        Endpoint = $"http://{_listener.LocalEndpoint}";
        _accepting = AcceptAsync();
    }

    public string Endpoint { get; }

    /// <summary>Answers lost so far.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Loses the final answers to the next requests of this many connections.</summary>
    public void LoseNext(int answers) => Volatile.Write(ref _armed, answers);

    /// <summary>Holds one answer back for as long as its connection lasts.</summary>
    /// <param name="passed">Answers that come through before it.</param>
    /// <returns>Completes when it is held.</returns>
    public Task HoldOneAfter(int passed)
    {
        Volatile.Write(ref _untilHeld, passed);
        return _held.Task;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _accepting.Wait();
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true) relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(relays);
        }
    }

    async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            using (client)
            {
                await server.ConnectAsync(_server, _stop.Token);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                var up = PumpAsync(client.GetStream(), server.GetStream(), (_, _) => ValueTask.FromResult(true), ended.Token);
                var down = PumpAsync(server.GetStream(), client.GetStream(), MayPassAsync, ended.Token);
                await Task.WhenAny(up, down);
                await ended.CancelAsync();
                client.LingerState = new LingerOption(enable: true, seconds: 0);
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
        {
            // A side that is gone is what relays live with.
        }
    }

    static async Task PumpAsync(
        NetworkStream from, NetworkStream to, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<bool>> mayPassAsync,
        CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, stop) is > 0 and var read)
            {
                if (!await mayPassAsync(buffer.AsMemory(0, read), stop)) return;
                await to.WriteAsync(buffer.AsMemory(0, read), stop);
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
        {
            // The other pump ends with this one.
        }
    }

    async ValueTask<bool> MayPassAsync(ReadOnlyMemory<byte> answer, CancellationToken stop)
    {
        // "100 Continue" only asks for the body: nothing has been done yet.
        if (answer.Span.StartsWith("HTTP/1.1 100"u8) || !answer.Span.StartsWith("HTTP/1.1 "u8)) return true;
        if (Volatile.Read(ref _untilHeld) >= 0 && Interlocked.Decrement(ref _untilHeld) < 0)
        {
            _held.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
        }

        if (Interlocked.Decrement(ref _armed) < 0) return true;
        Interlocked.Increment(ref _cuts);
        return false;
    }
}

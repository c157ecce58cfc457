using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.Runtime;
using Amazon.S3.Model;
using Kafka.Stock.Contracts;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>What only a server can do or suffer: lost answers, a kill in the middle, wrong credentials, parts that stay behind.</summary>
[Collection(S3Collection.Name)]
public sealed class S3StoreTests(RadosGateway gateway) : IDisposable
{
    const int MiB = 1 << 20;
    static readonly CancellationToken s_none = CancellationToken.None;

    /// <summary>A restart takes longer than other failures do.</summary>
    static readonly RetryOptions s_patient = new() { AttemptsMax = 100, BackoffMs = 50, BackoffMsMax = 500 };

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [SkippableTheory, InlineData(1), InlineData(3)]
    public async Task A_put_whose_answers_were_lost_is_known_to_have_won(int answers)
    {
        var path = gateway.NewPath();
        using var relay = new CuttingRelay(gateway.Endpoint);
        var store = Open(path, relay.Endpoint);
        // On a connection that has been used before: a client that sends again by itself would do it here, and be told "taken".
        Assert.Null(await store.GetAsync("log/0.json", s_none));
        relay.LoseNext(answers);
        Assert.True(await store.PutIfAbsentAsync("log/0.json", Bytes("mine"), s_none));
        Assert.True(relay.Cuts >= 1, "no answer was lost");
        Assert.Equal("mine", Encoding.UTF8.GetString((await Open(path).GetAsync("log/0.json", s_none))!));
    }

    [SkippableFact]
    public async Task A_put_that_lost_the_race_and_its_answer_is_known_to_have_lost()
    {
        var path = gateway.NewPath();
        await Open(path).PutAsync("log/0.json", Bytes("yours"), s_none);
        using var relay = new CuttingRelay(gateway.Endpoint);
        var store = Open(path, relay.Endpoint);
        Assert.NotNull(await store.HeadAsync("log/0.json", s_none));
        relay.LoseNext(1);
        Assert.False(await store.PutIfAbsentAsync("log/0.json", Bytes("mine"), s_none));
        Assert.Equal(1, relay.Cuts);
        Assert.Equal("yours", Encoding.UTF8.GetString((await Open(path).GetAsync("log/0.json", s_none))!));
    }

    [SkippableFact]
    public async Task Every_method_survives_lost_answers()
    {
        var path = gateway.NewPath();
        using var relay = new CuttingRelay(gateway.Endpoint);
        var store = Open(path, relay.Endpoint, new S3Options { PartBytes = 5 * MiB });
        var large = Path.Combine(_scratch.Path, "large");
        await File.WriteAllBytesAsync(large, new byte[12 * MiB]);
        foreach (var request in (Func<Task>[])
                 [
                     () => store.PutAsync("a", Bytes("x"), s_none),
                     () => store.GetAsync("a", s_none),
                     () => store.HeadAsync("a", s_none),
                     () => store.ListAsync("", null, s_none).ToListAsync().AsTask(),
                     () => store.UploadAsync("large", large, s_none),
                     () => store.LocalFileAsync("large", _scratch.NewFolder(), s_none),
                     () => store.DeleteAsync("a", s_none),
                 ])
        {
            relay.LoseNext(2);
            await request();
        }

        Assert.True(relay.Cuts >= 14, $"{relay.Cuts} answers were lost");
        Assert.Equal(["large"], await store.ListAsync("", null, s_none).Select(entry => entry.Key).ToListAsync());
        Assert.Equal(12 * MiB, (await store.HeadAsync("large", s_none))!.Value.Length);
    }

    /// <summary>Four writers commit 40 versions while the gateway dies and comes back twice.</summary>
    [SkippableFact]
    public async Task A_gateway_killed_and_restarted_amid_commits_loses_nothing_and_repeats_nothing()
    {
        const int Versions = 40;
        var path = gateway.NewPath();
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var store = ObjectStores.Open(path, Options(gateway.Endpoint) with { Retries = s_patient });
            var won = new List<int>();
            for (var version = 0; version < Versions; version++)
            {
                if (await store.PutIfAbsentAsync($"log/{version:D20}.json", Bytes($"writer {writer}"), s_none)) won.Add(version);
                Interlocked.Increment(ref written);
            }

            return won;
        })).ToList();
        foreach (var share in (int[])[4, 2])
        {
            var until = Versions * 4 / share;
            await WaitUntilAsync(() => Volatile.Read(ref written) >= until || writers.Exists(writer => writer.IsFaulted));
            gateway.Kill();
            gateway.Restart();
        }

        var won = await Task.WhenAll(writers);
        Assert.Equal(Enumerable.Range(0, Versions), won.SelectMany(versions => versions).Order());
        for (var writer = 0; writer < 4; writer++)
        {
            foreach (var version in won[writer])
            {
                var body = await Open(path).GetAsync($"log/{version:D20}.json", s_none);
                Assert.Equal($"writer {writer}", Encoding.UTF8.GetString(body!));
            }
        }
    }

    [SkippableFact]
    public async Task A_wrong_secret_is_told_at_once_and_not_printed()
    {
        var path = gateway.NewPath();
        var store = ObjectStores.Open(path, Options(gateway.Endpoint), new BasicAWSCredentials(RadosGateway.AccessKey, "not-the-secret"));
        var error = await Assert.ThrowsAsync<StoreException>(() => store.PutIfAbsentAsync("k", Bytes("x"), s_none));
        Assert.Equal(Verdict.Stop, error.Verdict);
        Assert.StartsWith("403 ", error.Found, StringComparison.Ordinal);
        Assert.Equal("the secret key that belongs to the access key", error.Expected);
        Assert.Equal($"{path}/k", error.Where);
        Assert.DoesNotContain("not-the-secret", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A body that comes after its refusal was once taken for the beginning of the next request.</summary>
    [SkippableFact]
    public async Task A_refused_put_leaves_a_connection_that_can_be_used()
    {
        var path = gateway.NewPath();
        var stranger = ObjectStores.Open(path, Options(gateway.Endpoint), new BasicAWSCredentials(RadosGateway.AccessKey, "wrong"));
        var store = Open(path);
        Assert.True(await store.PutIfAbsentAsync("k", Bytes("x"), s_none));
        for (var round = 0; round < 20; round++)
        {
            await Assert.ThrowsAsync<StoreException>(() => stranger.PutAsync("k", Bytes("not allowed"), s_none));
            Assert.NotNull(await store.GetAsync("k", s_none));
            Assert.False(await store.PutIfAbsentAsync("k", Bytes("taken"), s_none));
            Assert.NotNull(await store.HeadAsync("k", s_none));
        }
    }

    [SkippableFact]
    public async Task An_unknown_key_and_a_missing_bucket_are_told_apart()
    {
        var stranger = new BasicAWSCredentials("nobody", "secret");
        var unknown = ObjectStores.Open(gateway.NewPath(), Options(gateway.Endpoint), stranger);
        var error = await Assert.ThrowsAsync<StoreException>(() => unknown.GetAsync("k", s_none));
        Assert.Equal("an access key that the server knows", error.Expected);
        var nowhere = Open("s3://no-such-bucket-here/lake");
        error = await Assert.ThrowsAsync<StoreException>(() => nowhere.GetAsync("k", s_none));
        Assert.Contains("a bucket that exists", error.Expected, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<StoreException>(() => nowhere.ListAsync("", null, s_none).ToListAsync().AsTask());
        Assert.Contains("a bucket that exists", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_a_bounded_number_of_times()
    {
        // Bound and not listening: nobody else can get the port meanwhile, and whoever asks is refused.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var options = Options($"http://{bound.LocalEndPoint}");
        var store = ObjectStores.Open("s3://bucket/lake", options, new BasicAWSCredentials("key", "secret"));
        var error = await Assert.ThrowsAsync<StoreException>(() => store.GetAsync("k", s_none));
        Assert.Equal(Verdict.Retry, error.Verdict);
        Assert.Equal(8, error.Attempts);
        Assert.Contains("refused", error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = Options($"http://{silent.LocalEndpoint}") with { Clock = new ImpatientClock() };
        var store = ObjectStores.Open("s3://bucket/lake", options, new BasicAWSCredentials("key", "secret"));
        var error = await Assert.ThrowsAsync<StoreException>(() => store.PutIfAbsentAsync("k", Bytes("x"), s_none));
        Assert.Contains("no answer in time", error.Found, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_large_upload_that_fails_leaves_no_parts_and_the_older_object()
    {
        var path = gateway.NewPath();
        using var relay = new CuttingRelay(gateway.Endpoint);
        var store = Open(path, relay.Endpoint, new S3Options { PartBytes = 5 * MiB });
        await store.PutAsync("large", Bytes("older"), s_none);
        var large = Path.Combine(_scratch.Path, "large");
        await File.WriteAllBytesAsync(large, new byte[40 * MiB]);
        using var stop = new CancellationTokenSource();
        using var client = S3Requests.NewClient(new S3Options { Endpoint = gateway.Endpoint }, credentials: null);
        // The answer to a part never comes, however quick the server is: the upload has begun and can't end.
        var held = relay.HoldOneAfter(passed: 1);
        var uploading = store.UploadAsync("large", large, stop.Token);
        await Task.WhenAny(held, uploading);
        Assert.True(HasUploads());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => uploading);

        Assert.False(HasUploads());
        Assert.Equal("older", Encoding.UTF8.GetString((await store.GetAsync("large", s_none))!));

        bool HasUploads() => client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest
        {
            BucketName = gateway.Bucket,
            Prefix = S3Location.Parse(path).Folder,
        }).Result.MultipartUploads is { Count: > 0 };
    }

    [SkippableFact]
    public async Task Local_copies_are_bounded_kept_and_made_anew_when_the_object_is()
    {
        var store = Open(gateway.NewPath(), gateway.Endpoint, new S3Options { StagedBytesMax = MiB });
        await store.PutAsync("data/a.parquet", new byte[700_000], s_none);
        await store.PutAsync("data/b.parquet", new byte[400_000], s_none);
        var folder = Path.Combine(_scratch.Path, "work");
        var first = await store.LocalFileAsync("data/a.parquet", folder, s_none);
        Assert.EndsWith("-a.parquet", first, StringComparison.Ordinal);
        Assert.Equal(first, await store.LocalFileAsync("data/a.parquet", folder, s_none));

        var error = await Assert.ThrowsAsync<RefusedException>(() => store.LocalFileAsync("data/b.parquet", folder, s_none));
        Assert.Contains("1100000 bytes", error.Found, StringComparison.Ordinal);
        Assert.NotNull(await store.LocalFileAsync("data/b.parquet", _scratch.NewFolder(), s_none));
        File.Delete(first!);
        Assert.NotNull(await store.LocalFileAsync("data/b.parquet", folder, s_none));

        await store.PutAsync("data/b.parquet", Bytes("replaced"), s_none);
        var replaced = await store.LocalFileAsync("data/b.parquet", folder, s_none);
        Assert.Equal("replaced", await File.ReadAllTextAsync(replaced!));
        Assert.All(Directory.GetFiles(folder), file => Assert.EndsWith(".parquet", file, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Names_that_others_put_there_and_no_key_can_have_are_passed_over()
    {
        var path = gateway.NewPath();
        using var client = S3Requests.NewClient(new S3Options { Endpoint = gateway.Endpoint }, credentials: null);
        foreach (var name in (string[])["folder/", "a//b"])
        {
            var full = S3Location.Parse(path).Folder + name;
            await client.PutObjectAsync(new PutObjectRequest { BucketName = gateway.Bucket, Key = full, ContentBody = "x" });
        }

        var store = Open(path);
        await store.PutAsync("folder/k", Bytes("x"), s_none);
        Assert.Equal(["folder/k"], await store.ListAsync("", null, s_none).Select(entry => entry.Key).ToListAsync());
    }

    [SkippableFact]
    public async Task Two_prefixes_of_a_bucket_are_two_stores()
    {
        var path = gateway.NewPath();
        await Open(path + "/one").PutAsync("k", Bytes("1"), s_none);
        await Open(path + "/one-more").PutAsync("k", Bytes("2"), s_none);
        Assert.Equal("1", Encoding.UTF8.GetString((await Open(path + "/one/").GetAsync("k", s_none))!));
        Assert.Equal(["k"], await Open(path + "/one").ListAsync("", null, s_none).Select(entry => entry.Key).ToListAsync());
        Assert.Equal(path + "/one", Open(path + "/one/").Root);
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static ObjectStoreOptions Options(string endpoint, S3Options? s3 = null) => new()
    {
        S3 = (s3 ?? new S3Options()) with { Endpoint = endpoint },
        Retries = new RetryOptions { AttemptsMax = 8, BackoffMs = 20, BackoffMsMax = 400 },
    };

    static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!condition()) await Task.Delay(5, deadline.Token);
    }

    IObjectStore Open(string path, string? endpoint = null, S3Options? s3 = null) =>
        ObjectStores.Open(path, Options(endpoint ?? gateway.Endpoint, s3));
}

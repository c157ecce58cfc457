using System.Globalization;

namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>What this assembly does when it is run as a program: one writer of a torture table.</summary>
/// <remarks>Arguments: the lake, an endpoint or <c>-</c>, the writer's number, its commits, a <see cref="DeathPlan"/> or <c>-</c>, the
/// commits after which it waits for the end of its standard input, or 0. Each commit is a line on standard output: number, version,
/// <c>done</c>.</remarks>
static class WriterProgram
{
    public const string Table = "torture";

    static async Task<int> Main(string[] args)
    {
        var s3 = args[1] == "-" ? new S3Options() : new S3Options { Endpoint = args[1] };
        // A gateway that is started again on a busy machine may take its time.
        var retries = new RetryOptions { AttemptsMax = 100, BackoffMsMax = 2_000 };
        var store = ObjectStores.Open(args[0], new ObjectStoreOptions { S3 = s3, Retries = retries });
        if (args[4] != "-") store = new DyingStore(store, DeathPlan.Parse(args[4]));
        var writer = int.Parse(args[2], CultureInfo.InvariantCulture);
        var heldAfter = int.Parse(args[5], CultureInfo.InvariantCulture);
        var work = Directory.CreateTempSubdirectory("kstock-writer-").FullName;
        try
        {
            using var database = DuckDatabase.Open(new DuckOptions { ThreadCount = 1, MemoryLimitBytes = 64L << 20 });
            var lake = new Lake(store, database, new LakeOptions { WorkFolder = work });
            await new TortureWriter(lake, Table, writer).RunAsync(
                long.Parse(args[3], CultureInfo.InvariantCulture),
                (number, version, _) =>
                {
                    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {version} done"));
                    if (--heldAfter == 0) Console.In.ReadToEnd();
                },
                CancellationToken.None);
            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}

namespace Kafka.Stock.Lakehouse;

/// <summary>One of the writers that append to a <see cref="TortureTable"/>. After a kill another one of its number goes on where the
/// table says that it came to.</summary>
/// <param name="lake">The lake; its folder of work is this writer's alone.</param>
/// <param name="path">Of the table in it.</param>
/// <param name="writer">Its number; no two live at once.</param>
public sealed class TortureWriter(Lake lake, string path, int writer)
{
    /// <summary>Appends until the table has so many commits of this writer.</summary>
    /// <param name="commits">Of this writer, those of its predecessors included.</param>
    /// <param name="done">Told after each commit: its number, its version, races lost before.</param>
    /// <param name="cancellation">Ends it between commits.</param>
    public async Task RunAsync(long commits, Action<long, long, int> done, CancellationToken cancellation)
    {
        var table = await lake.OpenOrCreateAsync(path, TortureTable.Definition, cancellation);
        using var connection = lake.Database.Connect();
        for (var number = (table.Snapshot.ProgressOf(TortureTable.AppId(writer)) ?? 0) + 1; number <= commits; number++)
        {
            var files = await WriteAsync(table, connection, number, cancellation);
            var result = await table.AppendAsync(files, [new(TortureTable.AppId(writer), number)], cancellation);
            done(number, result.Version, result.LostRaces);
        }
    }

    async Task<IReadOnlyList<DataFile>> WriteAsync(DeltaTable table, DuckConnection connection, long number, CancellationToken cancellation)
    {
        var id = lake.Options.NewName();
        var folder = Path.Combine(lake.Options.WorkFolder, $"torture-{id}");
        try
        {
            var target = new ParquetTarget(folder, table.Snapshot.Schema, [], id, lake.Options.NowUs());
            var files = ParquetWriter.Write(connection, target, TortureTable.RowsOf(writer, number), new ParquetOptions(), cancellation);
            foreach (var file in files) await lake.Store.UploadAsync($"{path}/{file.Key}", Path.Combine(folder, file.Key), cancellation);
            return files;
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}

using Kafka.Stock.BatchJob;
using Kafka.Stock.Lakehouse;
using static Kafka.Stock.Cli.SettingTable;

namespace Kafka.Stock.Cli;

/// <summary>A lake with the SQL that works on it.</summary>
sealed class OpenLake : IDisposable
{
    OpenLake(Lake lake) => Lake = lake;

    /// <summary>Where the demo leaves its lake, and what every verb takes when nobody says otherwise.</summary>
    public static string DefaultPath { get; } = Path.Combine(BundledData.Folder, "lake");

    public Lake Lake { get; }

    /// <summary>Opens the lake of the settings.</summary>
    public static OpenLake Of(SettingValues values) => Of(values, values.TextOrNull(SettingTable.Lake) ?? DefaultPath);

    /// <summary>Opens a lake.</summary>
    /// <param name="values">How.</param>
    /// <param name="path">A folder, or s3://bucket/prefix.</param>
    public static OpenLake Of(SettingValues values, string path)
    {
        var work = values.TextOrNull(LakeWork) ?? Path.Combine(Path.GetTempPath(), $"kstock-lake-{Environment.UserName}");
        var store = ObjectStores.Open(path, new ObjectStoreOptions { S3 = S3(values) });
        Directory.CreateDirectory(work);
        var database = DuckDatabase.Open(new DuckOptions
        {
            MemoryLimitBytes = values.Whole(LakeMemoryMb) << 20,
            TempFolder = Path.Combine(work, "spill"),
        });

        // Who cites versions is a table of the same lake.
        Lake? lake = null;
        lake = new Lake(store, database, new LakeOptions
        {
            WorkFolder = work,
            CitedVersions = (table, cancellation) => ModelVersions.CitedAsync(lake!, table, cancellation),
        });
        return new OpenLake(lake);
    }

    /// <inheritdoc/>
    public void Dispose() => Lake.Database.Dispose();

    /// <summary>How s3:// paths are reached.</summary>
    public static S3Options S3(SettingValues values) => new()
    {
        Endpoint = values.TextOrNull(S3Endpoint),
        Region = values.TextOrNull(S3Region),
        IsPathStyle = values.Text(S3PathStyle) switch { "yes" => true, "no" => false, _ => null },
        RequestChecksums = Checksums(values.Text(S3RequestChecksums)),
        ResponseChecksums = Checksums(values.Text(S3ResponseChecksums)),
    };

    static ChecksumUse? Checksums(string text) => text switch
    {
        "required" => ChecksumUse.WhenRequired,
        "supported" => ChecksumUse.WhenSupported,
        _ => null,
    };
}

using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse.Tests;

public sealed class ParquetFaultsTests : IDisposable
{
    readonly TestTable _table = new(new StructType([new StructField("i", DeltaType.Int64), new StructField("s", DeltaType.Text)]));
    readonly List<DataFile> _files = [];

    public ParquetFaultsTests()
    {
        for (var i = 0; i < 4; i++)
        {
            _files.AddRange(_table.Write($"SELECT i, hash(i)::VARCHAR AS s FROM range({i * 1000}, {(i + 1) * 1000}) t(i)"));
        }
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("half")]
    [InlineData("without its last byte")]
    [InlineData("text")]
    [InlineData("zeros in its footer")]
    [InlineData("zeros in its pages")]
    [InlineData("gone")]
    [InlineData("a folder")]
    public void A_broken_file_among_many_is_named(string damage)
    {
        var path = _table.PathOf(_files[2]);
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        Damage(path, bytes, damage);
        var scan = _table.Scan(_files);
        var error = Assert.ThrowsAny<Exception>(() => ReadAll(scan));
        var named = ParquetFaults.Named(_table.Test.Database, scan.Files, error, CancellationToken.None);
        Assert.Equal(path, Assert.IsType<BrokenInputException>(named).Where);
        Assert.Same(error, named.InnerException);
    }

    [Fact]
    public void An_error_that_no_file_is_to_blame_for_stays_what_it_is()
    {
        var scan = _table.Scan(_files);
        var error = Assert.Throws<ConfigurationException>(() => _table.Count($"{scan.Relation} WHERE nothing = 1"));
        Assert.Same(error, ParquetFaults.Named(_table.Test.Database, scan.Files, error, CancellationToken.None));
        var cancelled = new OperationCanceledException();
        Assert.Same(cancelled, ParquetFaults.Named(_table.Test.Database, scan.Files, cancelled, CancellationToken.None));
    }

    static void Damage(string path, byte[] bytes, string damage)
    {
        switch (damage)
        {
            case "empty": bytes = []; break;
            case "half": bytes = bytes[..(bytes.Length / 2)]; break;
            case "without its last byte": bytes = bytes[..^1]; break;
            case "text": bytes = [.. "symbol,price\n"u8]; break;
            case "zeros in its footer": bytes.AsSpan(bytes.Length - 100, 80).Clear(); break;
            case "zeros in its pages": bytes.AsSpan(30, bytes.Length / 2).Clear(); break;
            case "gone": return;
            default: Directory.CreateDirectory(path); return;
        }

        File.WriteAllBytes(path, bytes);
    }

    void ReadAll(ParquetScan scan)
    {
        using var result = _table.Connection.Query($"SELECT i, s FROM {scan.Relation}");
        while (result.Read()) Assert.True(result.RowCount > 0);
    }

    public void Dispose() => _table.Dispose();
}

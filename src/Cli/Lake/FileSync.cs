using Kafka.Stock.BatchJob;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>Files into bronze/market without a broker; what is there isn't taken again.</summary>
static class FileSync
{
    /// <summary>Reads all files to their ends.</summary>
    /// <returns>Rows that came in, and lines that couldn't be read.</returns>
    public static async Task<(long Rows, long DeadLetters)> RunAsync(
        Lake lake, FileReplayOptions files, long commitRows, CancellationToken cancellation)
    {
        using var market = await BronzeTable.OpenAsync(lake, LakeTables.Market, cancellation);
        var positions = await PositionsAsync(lake, cancellation);
        var sink = new FileSink(market, commitRows);
        await Task.Run(() => new FileReplay(files, TimeProvider.System).RunAsync(sink, positions, cancellation), CancellationToken.None);
        await market.CommitAsync(cancellation);
        return (market.CommittedRows, sink.DeadLetters);
    }

    /// <summary>How far each source is: the sequence numbers that the table has of it.</summary>
    static async Task<IReadOnlyCollection<IngestPosition>> PositionsAsync(Lake lake, CancellationToken cancellation)
    {
        var table = await lake.OpenAsync(LakeTables.Market, cancellation);
        using var scan = await TableScan.OpenAsync(table, table.Snapshot, [], cancellation);
        using var connection = lake.Database.Connect();
        using var rows = connection.Query(
            $"""
            SELECT source, symbol, max(sequence), epoch_us(max(time)) FROM {scan.Relation}
            WHERE topic = '{LakeTables.FilesTopic}' AND kind NOT IN ('reference_bar', 'other') AND source IS NOT NULL
            GROUP BY ALL ORDER BY ALL
            """,
            cancellation);
        var positions = new List<IngestPosition>();
        while (rows.Read())
        {
            for (var row = 0; row < rows.RowCount; row++)
            {
                positions.Add(new IngestPosition(
                    rows[0].Text(row)!, rows[1].Text(row)!, rows[3].Values<long>()[row], rows[2].Values<long>()[row]));
            }
        }

        return positions;
    }
}

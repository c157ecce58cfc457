using System.Globalization;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>Progress of an ingest as plain lines: share, rate, time left.</summary>
sealed class ProgressLines(TextWriter output, TimeProvider time)
{
    static readonly TimeSpan s_every = TimeSpan.FromSeconds(2);
    readonly long _started = time.GetTimestamp();
    TimeSpan _last;

    public void Report(IngestProgress progress)
    {
        var elapsed = time.GetElapsedTime(_started);
        if (elapsed - _last < s_every) return;
        _last = elapsed;
        var share = progress.BytesTotal == 0 ? 1 : (double)progress.BytesRead / progress.BytesTotal;
        var left = new RunProgress(share, progress.RecordCount, progress.EventTimeUs, elapsed).Left;
        var rate = progress.RecordCount / elapsed.TotalSeconds;
        var leftText = left?.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) ?? "unknown";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"kstock: {share:P0}, {progress.RecordCount:N0} records, {rate:N0} records/s, left {leftText}"));
    }
}

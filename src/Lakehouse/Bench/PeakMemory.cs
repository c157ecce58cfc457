using System.Diagnostics;

namespace Kafka.Stock.Lakehouse;

/// <summary>The most memory that this process has had in RAM.</summary>
static class PeakMemory
{
    const string ClearReferences = "/proc/self/clear_refs";

    /// <summary>Bytes, since the process began or since <see cref="Reset"/>.</summary>
    public static long Bytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>From here on only what comes counts; on Linux, where a process may do that to itself.</summary>
    public static void Reset()
    {
        const string PeakOnly = "5";
        if (!File.Exists(ClearReferences)) return;
        try
        {
            File.WriteAllText(ClearReferences, PeakOnly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Then the peak is that of the whole process: higher, so nothing passes that shouldn't.
        }
    }
}

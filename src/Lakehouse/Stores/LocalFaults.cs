using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>What the system says about files, as one sentence that names the file and what to do.</summary>
static class LocalFaults
{
    // Numbers of errno(3) that Linux and macOS share, but for the last two.
    const int NotPermitted = 1;
    const int InputOutput = 5;
    const int OtherDevice = 18;
    const int FileTooLarge = 27;
    const int NoSpace = 28;
    const int ReadOnly = 30;
    static readonly int s_quota = OperatingSystem.IsMacOS() ? 69 : 122;
    static readonly int s_notSupported = OperatingSystem.IsMacOS() ? 45 : 95;

    public static StoreException Of(string path, Exception cause)
    {
        var (found, expected) = cause switch
        {
            UnauthorizedAccessException => ("no permission", "a file that this user may read and write, in folders that it may enter"),
            PathTooLongException => ("a name that this file system can't hold", "parts of at most 255 bytes"),
            FileNotFoundException or DirectoryNotFoundException => ("no such file or folder", "that nobody deletes it meanwhile"),
            _ => OfNumber(cause),
        };
        return new StoreException(Verdict.Stop, path, found, expected, cause);
    }

    static (string Found, string Expected) OfNumber(Exception cause)
    {
        var number = cause.HResult;
        if (number == s_quota) return ("a quota that is used up", "room: delete something, or raise the quota");
        if (number == s_notSupported || number == NotPermitted) return (LinksMissing, LinksWanted);
        return number switch
        {
            NoSpace => ("a full disk", "room: free some, or move the lake to another disk"),
            FileTooLarge => ("a file larger than this file system or user may have", "a higher limit (ulimit -f)"),
            ReadOnly => ("a read-only file system", "one that can be written"),
            InputOutput => ("an input/output error of the disk", "a disk that works: see the system's log"),
            OtherDevice => ("another file system mounted below the store's folder", "one file system for the whole store"),
            _ => (cause.Message, "a file system that does it"),
        };
    }

    const string LinksMissing = "a file system that refused it";
    const string LinksWanted = "one with hard links (commits are made by link(2)), such as ext4, xfs or btrfs";
}

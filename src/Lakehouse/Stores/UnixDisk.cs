using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kafka.Stock.Lakehouse;

/// <summary>What durable, race-free files need of the system and .NET doesn't offer: link(2), fsync of a folder, realpath(3).</summary>
static partial class UnixDisk
{
    const int Exists = 17;
    const int NoEntry = 2;
    const int NotAFolder = 20;
    const int InvalidArgument = 22;

    /// <summary>Gives a file a second name, which must not exist: the one atomic "create if absent" with contents.</summary>
    /// <returns>False where the name is taken.</returns>
    public static bool TryLink(string file, string name)
    {
        if (Link(file, name) == 0) return true;
        return Marshal.GetLastPInvokeError() == Exists ? false : throw Failure(name);
    }

    /// <summary>Makes the names in a folder durable.</summary>
    public static void SyncFolder(string folder)
    {
        // O_RDONLY | O_CLOEXEC, which has another value on macOS.
        using var handle = new SafeFileHandle(Open(folder, OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000), ownsHandle: true);
        if (handle.IsInvalid) throw Failure(folder);
        var failed = Sync(handle) != 0;
        // Some network and user-space file systems can't sync a folder; their names are as durable as they get.
        if (failed && Marshal.GetLastPInvokeError() != InvalidArgument) throw Failure(folder);
    }

    /// <summary>The path without links; null where nothing is there (a link to nothing included).</summary>
    public static string? RealPath(string path)
    {
        var found = RealPath(path, 0);
        if (found == 0)
        {
            return Marshal.GetLastPInvokeError() is NoEntry or NotAFolder ? null : throw Failure(path);
        }

        try
        {
            return Marshal.PtrToStringUTF8(found);
        }
        finally
        {
            Free(found);
        }
    }

    /// <summary>As the framework reports its own: the message of the system, its number as the result.</summary>
    static IOException Failure(string path)
    {
        var number = Marshal.GetLastPInvokeError();
        return new IOException($"{Marshal.GetPInvokeErrorMessage(number)} : '{path}'", number);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string file, string name);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint RealPath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}

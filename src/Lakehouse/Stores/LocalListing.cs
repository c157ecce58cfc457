using System.IO.Enumeration;

namespace Kafka.Stock.Lakehouse;

/// <summary>One walk through a folder in order of key: a folder's names in memory at a time, and those of the folders above it.</summary>
/// <param name="root">Folder of the store.</param>
/// <param name="prefix">How keys begin.</param>
/// <param name="startAfter">Keys up to this one are left out.</param>
/// <param name="realRoot">Folder of the store without links.</param>
/// <param name="cancellation">Looked at for each name.</param>
sealed class LocalListing(
    string root, string prefix, string? startAfter, string realRoot, CancellationToken cancellation)
{
    static readonly EnumerationOptions s_all = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Entries below a folder, which is empty or ends in a slash.</summary>
    public IEnumerable<ObjectEntry> Entries(string folder)
    {
        foreach (var key in Children(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            if (key[^1] == '/')
            {
                if (!MayHold(key)) continue;
                foreach (var entry in Entries(key)) yield return entry;
            }
            else if (EntryOfLive(key, new FileInfo($"{root}/{key}")) is { } entry)
            {
                yield return entry;
            }
        }
    }

    public static ObjectEntry EntryOf(string key, FileInfo file)
    {
        // What a link shows is the file that it leads to.
        var real = file.LinkTarget is null ? file : (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
        return new ObjectEntry(key, real.Length, (real.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Files by key and folders by key with a slash: so folders come where their contents belong.</summary>
    /// <remarks>A file is asked for more than its name only when it is wanted: a log has thousands that aren't.</remarks>
    List<string> Children(string folder)
    {
        var path = $"{root}/{folder}";
        try
        {
            var names = new FileSystemEnumerable<string>(
                path, (ref entry) => string.Concat(folder, entry.FileName, entry.IsDirectory ? "/" : ""), s_all)
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            };
            var children = names.Where(key => (key[^1] == '/' || IsWanted(key)) && ObjectKey.IsValid(key.TrimEnd('/'))).ToList();
            children.Sort(ObjectKey.Compare);
            return children;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw LocalFaults.Of(path, cause);
        }
    }

    bool MayHold(string folder) =>
        (folder.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(folder, StringComparison.Ordinal))
        && (startAfter is null || startAfter.StartsWith(folder, StringComparison.Ordinal) || ObjectKey.Compare(folder, startAfter) > 0);

    bool IsWanted(string key) =>
        key.StartsWith(prefix, StringComparison.Ordinal) && (startAfter is null || ObjectKey.Compare(key, startAfter) > 0);

    ObjectEntry? EntryOfLive(string key, FileInfo file)
    {
        try
        {
            if (file.LinkTarget is not null && !IsBelowRoot(UnixDisk.RealPath(file.FullName))) return null;
            return file.Exists ? EntryOf(key, file) : null;
        }
        catch (FileNotFoundException)
        {
            return null; // Deleted since its name was read.
        }
    }

    bool IsBelowRoot(string? path) => path is not null && path.StartsWith(realRoot + "/", StringComparison.Ordinal);
}

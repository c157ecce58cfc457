using System.Diagnostics;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>Writes the bytes of a log's commits again with nothing around: file, sync, link or rename, sync of the folder.</summary>
sealed class BareLog(string folder)
{
    readonly string _folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>Versions so far that had a checkpoint.</summary>
    public int Checkpoints { get; private set; }

    /// <summary>Writes what a version wrote. Its bytes are read before the time begins.</summary>
    /// <param name="log">Folder of the log.</param>
    /// <param name="version">The newest one in it.</param>
    /// <returns>ms.</returns>
    public double Repeat(string log, long version)
    {
        var commit = File.ReadAllBytes(Path.Combine(log, LogName.Commit(version)));
        var name = Path.Combine(log, LogName.Checkpoint(version));
        var checkpoint = File.Exists(name) ? File.ReadAllBytes(name) : null;
        var hint = checkpoint is null ? null : File.ReadAllBytes(Path.Combine(log, LogName.LastCheckpoint));
        var started = Stopwatch.GetTimestamp();
        Write(commit, LogName.Commit(version), replace: false);
        if (checkpoint is not null && hint is not null)
        {
            Write(checkpoint, LogName.Checkpoint(version), replace: true);
            Write(hint, LogName.LastCheckpoint, replace: true);
            Checkpoints++;
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    void Write(ReadOnlySpan<byte> bytes, string name, bool replace)
    {
        var temporary = Path.Combine(_folder, "temporary");
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        if (replace)
        {
            File.Move(temporary, Path.Combine(_folder, name), overwrite: true);
        }
        else
        {
            UnixDisk.TryLink(temporary, Path.Combine(_folder, name));
            File.Delete(temporary);
        }

        UnixDisk.SyncFolder(_folder);
    }
}

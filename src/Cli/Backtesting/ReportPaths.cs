using System.CommandLine;
using System.Text;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>The files that a verb writes where it was told to: UTF-8, checked before anything runs.</summary>
static class ReportPaths
{
    /// <summary>An option that names a file to write.</summary>
    public static Option<FileInfo?> Option(string name, string description)
    {
        var option = new Option<FileInfo?>(name) { Description = description, HelpName = "file" };
        option.Validators.Add(typed =>
        {
            if (typed.Tokens is not [var file]) return;
            var folder = Path.GetDirectoryName(Path.GetFullPath(file.Value));
            if (Directory.Exists(file.Value)) typed.AddError($"{name}: found {file.Value}, which is a folder; expected a file");
            else if (!Directory.Exists(folder)) typed.AddError($"{name}: found no folder {folder}; expected one that exists");
        });
        return option;
    }

    /// <summary>Says of every file that can't be written so, before anything long runs.</summary>
    /// <param name="files">As named; null for none.</param>
    /// <exception cref="StoreException">One of them can't be.</exception>
    public static void RequireWritable(IEnumerable<FileInfo?> files)
    {
        foreach (var file in files.OfType<FileInfo>().Where(file => !IsDevice(file)))
        {
            Guarded(file, unfinished =>
            {
                File.Create(unfinished).Dispose();
                File.Delete(unfinished);
            });
        }
    }

    /// <summary>Writes a file where one was named, whole or not at all; a device, such as /dev/stdout, as it is.</summary>
    /// <exception cref="StoreException">It can't be: a full disk, no permission.</exception>
    public static void Write(FileInfo? file, Action<TextWriter> write)
    {
        if (file is null) return;
        Guarded(file, unfinished =>
        {
            var path = IsDevice(file) ? file.FullName : unfinished;
            using (var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16)) write(writer);
            if (path == unfinished) File.Move(unfinished, file.FullName, overwrite: true);
        });
    }

    static bool IsDevice(FileInfo file) => file.FullName.StartsWith("/dev/", StringComparison.Ordinal);

    static void Guarded(FileInfo file, Action<string> write)
    {
        var unfinished = file.FullName + ".part";
        try
        {
            write(unfinished);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            try
            {
                File.Delete(unfinished);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                // It could not be made in the first place.
            }

            throw new StoreException(
                Verdict.Stop, file.FullName, $"that it can't be written ({refused.Message})", "room, and the right to write there",
                refused);
        }
    }
}

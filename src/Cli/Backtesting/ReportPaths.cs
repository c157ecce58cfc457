using System.CommandLine;
using System.Text;

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

    /// <summary>Writes a file where one was named, whole or not at all.</summary>
    public static void Write(FileInfo? file, Action<TextWriter> write)
    {
        if (file is null) return;
        var unfinished = file.FullName + ".part";
        using (var writer = new StreamWriter(unfinished, append: false, new UTF8Encoding(false), 1 << 16)) write(writer);
        File.Move(unfinished, file.FullName, overwrite: true);
    }
}

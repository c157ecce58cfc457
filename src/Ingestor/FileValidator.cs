using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>Reads files wholly, as a replay would, and says what is in them and what is wrong, before anything runs.</summary>
/// <exception cref="ConfigurationException">Options that make no sense.</exception>
public sealed class FileValidator(FileReplayOptions options)
{
    /// <summary>Symbols and problems listed for one file; beyond it they are counted.</summary>
    public const int MaxListed = 100;

    readonly FileReplayOptions _options = options.Validated();

    /// <summary>Reports on each file: data first, then splits and dividends. A path that can't be read is a report too.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public IEnumerable<FileReport> Validate(CancellationToken cancellation)
    {
        foreach (var path in _options.Paths)
        {
            foreach (var report in ValidatePath(path, cancellation)) yield return report;
        }
    }

    IEnumerable<FileReport> ValidatePath(string path, CancellationToken cancellation)
    {
        List<string> files;
        FileReport? broken = null;
        try
        {
            files = Directory.Exists(path) ? InputFiles.FilesOfFolder(path) : [path];
        }
        catch (BrokenInputException cause)
        {
            files = [];
            broken = Broken(path, cause);
        }

        if (broken is not null) yield return broken;
        foreach (var file in files)
        {
            yield return InputFiles.IsCorporateActions(file) ? ValidateActions(file, cancellation) : ValidateData(file, cancellation);
        }
    }

    FileReport ValidateData(string path, CancellationToken cancellation)
    {
        FileCursor? file = null;
        var tally = new FileTally();
        try
        {
            file = FileCursor.Open(path, _options, cancellation);
            for (var step = file.Next(cancellation); step != CursorStep.End; step = file.Next(cancellation))
            {
                if (step == CursorStep.Line) tally.Add(file.Current.Symbol, file.Current.EndUs);
                else tally.Add(file.Where, file.Explain());
            }

            return tally.Report(path, file.Kind, file.Source);
        }
        catch (BrokenInputException cause)
        {
            tally.Add(cause);
            return tally.Report(path, file?.Kind, file?.Source);
        }
        finally
        {
            file?.Dispose();
        }
    }

    FileReport ValidateActions(string path, CancellationToken cancellation)
    {
        var tally = new FileTally();
        try
        {
            var actions = CorporateActionFile.Read(path, [_options.CalendarOf("")], cancellation);
            foreach (var (line, _) in actions.Lines.OrderBy(entry => entry.Line.Day))
            {
                tally.Add(line.Symbol, (long)(line.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - DateTime.UnixEpoch)
                    .TotalMicroseconds);
            }

            foreach (var letter in actions.DeadLetters) tally.Add(letter.Where, new Defect(letter.Found, letter.Expected));
            return tally.Report(path, FileKind.CorporateActions, source: null);
        }
        catch (BrokenInputException cause)
        {
            return Broken(path, cause);
        }
    }

    static FileReport Broken(string path, BrokenInputException cause)
    {
        var tally = new FileTally();
        tally.Add(cause);
        return tally.Report(path, kind: null, source: null);
    }
}

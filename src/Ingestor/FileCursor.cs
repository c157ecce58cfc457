using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>Steps through one file of bars or trades, a line at a time.</summary>
sealed class FileCursor : IDisposable
{
    readonly DataFile _file;
    readonly LineParser _parser;
    LineFault _fault;
    MarketLine _current;
    long _bytesRead;
    bool _disposed;

    FileCursor(DataFile file, string source, string? symbol, LineParser parser)
    {
        _file = file;
        _parser = parser;
        Source = source;
        Symbol = symbol;
    }

    /// <summary>As the user gave it.</summary>
    public string Path => _file.Path;

    /// <summary>Bars or trades.</summary>
    public FileKind Kind => _file.Format.Kind;

    /// <summary>Who delivered the file.</summary>
    public string Source { get; }

    /// <summary>Symbol of the whole file; null where each line names its own.</summary>
    public string? Symbol { get; }

    /// <summary>The line that holds, after <see cref="CursorStep.Line"/>.</summary>
    public ref readonly MarketLine Current => ref _current;

    /// <summary>Bytes of the line, at most <see cref="LineParser.MaxLineBytes"/>.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            var line = _file.Lines.Line;
            return line.Length > LineParser.MaxLineBytes ? line[..LineParser.MaxLineBytes] : line;
        }
    }

    /// <summary>File and line.</summary>
    public string Where => _file.Lines.Where;

    /// <summary>Symbols seen so far.</summary>
    public int SymbolCount => _parser.SymbolCount;

    /// <summary>Bytes read so far, as they lie on disk.</summary>
    public long BytesRead => _disposed ? _bytesRead : _file.BytesRead;

    /// <summary>Size on disk.</summary>
    public long LengthBytes => _file.LengthBytes;

    /// <summary>Track of <see cref="Current"/>, kept here because the next line is most often of the same symbol.</summary>
    public SourceTrack? Track { get; set; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="BrokenInputException">It can't be read, or nothing says of which symbol it is.</exception>
    public static FileCursor Open(string path, FileReplayOptions options, CancellationToken cancellation)
    {
        var file = DataFile.Open(path, cancellation);
        try
        {
            var source = options.SourceOf(path) ?? file.Name.Source;
            var symbol = file.Format.HasSymbolColumn ? null : file.Name.Symbol;
            Check(file, symbol);
            return new FileCursor(
                file, source, symbol, new LineParser(file.Format, symbol, options.CalendarOf(source), options.IntradayBarLength));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next line that isn't blank.</summary>
    /// <exception cref="BrokenInputException">The file can't be read on.</exception>
    public CursorStep Next(CancellationToken cancellation)
    {
        do
        {
            if (!_file.Lines.Read(cancellation)) return CursorStep.End;
        }
        while (DataFile.IsBlank(_file.Lines.Line));

        _fault = _parser.Parse(_file.Lines.Line, out _current);
        return _fault.IsNone ? CursorStep.Line : CursorStep.Fault;
    }

    /// <summary>What is wrong, after <see cref="CursorStep.Fault"/>.</summary>
    public Defect Explain() => _parser.Explain(_fault, _file.Lines.Line);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _bytesRead = _file.BytesRead;
        _disposed = true;
        _file.Dispose();
    }

    static void Check(DataFile file, string? symbol)
    {
        if (file.Format.Kind == FileKind.CorporateActions)
        {
            throw new BrokenInputException(file.Path, "splits and dividends", $"bars or trades, or the name {FileName.CorporateActions}");
        }

        if (symbol is not null || file.Format.HasSymbolColumn) return;
        throw new BrokenInputException(
            file.Path, "no symbol, neither in the file's name nor as a column",
            $"SYMBOL.csv, SYMBOL_2013-10-07.csv.gz or a column symbol, with {SymbolRule.Expected}");
    }
}

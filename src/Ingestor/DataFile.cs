using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>An open file of market data: unpacked where it is gzip, its header understood.</summary>
sealed class DataFile : IDisposable
{
    readonly FileStream _file;
    readonly GzipContent? _gzip;

    DataFile(string path, FileStream file, GzipContent? gzip, LineReader lines)
    {
        Path = path;
        _file = file;
        _gzip = gzip;
        Lines = lines;
    }

    /// <summary>As the user gave it: messages name it so.</summary>
    public string Path { get; }

    /// <summary>The lines; the header has been read.</summary>
    public LineReader Lines { get; }

    /// <summary>Layout by its header.</summary>
    public required FileFormat Format { get; init; }

    /// <summary>What its name says.</summary>
    public required FileName Name { get; init; }

    /// <summary>Size on disk.</summary>
    public required long LengthBytes { get; init; }

    /// <summary>Bytes read so far, as they lie on disk.</summary>
    public long BytesRead => _file.CanRead ? _file.Position : LengthBytes;

    /// <summary>Opens a file and reads its header. Gzip is told by its first bytes, not by the name.</summary>
    /// <exception cref="BrokenInputException">Missing, unreadable, empty, not gzip though it begins so, or a header nobody
    /// knows.</exception>
    public static DataFile Open(string path, CancellationToken cancellation)
    {
        FileStream? file = null;
        GzipContent? gzip = null;
        try
        {
            file = OpenStream(path);
            gzip = IsGzip(file) ? new GzipContent(file) : null;
            var lines = new LineReader(gzip is null ? file.Read : gzip.Read, path);
            var format = ReadHeader(path, lines, cancellation);
            return new DataFile(path, file, gzip, lines)
            {
                Format = format,
                Name = FileName.Parse(System.IO.Path.GetFileName(path)),
                LengthBytes = file.Length,
            };
        }
        catch
        {
            gzip?.Dispose();
            file?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gzip?.Dispose();
        _file.Dispose();
    }

    static FileStream OpenStream(string path)
    {
        try
        {
            // No buffer of its own: LineReader and GZipStream have theirs, and a thousand files may be open at once.
            return new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BrokenInputException(
                path, $"a file that can't be opened ({cause.Message})", "a readable CSV file, plain or gzip", cause);
        }
    }

    static bool IsGzip(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        var count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return count == 2 && start[0] == 0x1f && start[1] == 0x8b;
    }

    static FileFormat ReadHeader(string path, LineReader lines, CancellationToken cancellation)
    {
        while (lines.Read(cancellation))
        {
            if (IsBlank(lines.Line)) continue;
            if (FileFormat.TryRecognise(lines.Line, out var format, out var defect)) return format;
            throw new BrokenInputException(lines.Where, defect.Found, $"a header: {defect.Expected}");
        }

        throw new BrokenInputException(path, "an empty file", $"a header: {FileFormat.ExpectedAny}");
    }

    /// <summary>True for a line of blanks: it counts as a line and says nothing.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
}

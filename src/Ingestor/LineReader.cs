using Kafka.Stock.Contracts;
using Kafka.Stock.Sources;

namespace Kafka.Stock.Ingestor;

/// <summary>Cuts a stream into lines with bounded memory. Line ends are LF or CRLF; the last line needs none.</summary>
/// <param name="read">Gives the bytes, in pieces of any size.</param>
/// <param name="file">Name for messages.</param>
sealed class LineReader(ReadBytes read, string file)
{
    const int BufferBytes = 32 * 1_024;

    /// <summary>One byte more than allowed is kept of a longer line: enough for the parser to refuse it.</summary>
    const int KeptBytes = LineParser.MaxLineBytes + 1;

    readonly byte[] _buffer = new byte[BufferBytes];
    byte[]? _long;
    int _start;
    int _end;
    int _lineStart;
    int _lineLength;
    bool _lineIsLong;
    bool _ended;

    /// <summary>Number of <see cref="Line"/>, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The line without its end, valid until the next read; of a line that is too long the first 4,097 bytes.</summary>
    public ReadOnlySpan<byte> Line => _lineIsLong ? _long.AsSpan(0, KeptBytes) : _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>File and line, for messages.</summary>
    public string Where => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}:{LineNumber}");

    /// <summary>Goes to the next line; false at the end of the file.</summary>
    /// <exception cref="BrokenInputException">The file can't be read on; the message has the line reached.</exception>
    public bool Read(CancellationToken cancellation)
    {
        _lineIsLong = false;
        var searched = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0) return Take(searched + at, 1);
            searched = _end - _start;
            if (searched > KeptBytes) // one more, because the last byte may be the CR of a line that is just short enough
            {
                KeepBeginning();
                searched = 0;
            }

            if (Fill()) continue;
            return (searched > 0 || _lineIsLong) && Take(searched, 0);
        }
    }

    bool Take(int length, int lineEnd)
    {
        _lineStart = _start;
        _lineLength = length;
        _start += length + lineEnd;
        if (length > 0 && _buffer[_lineStart + length - 1] == '\r') _lineLength--;
        if (!_lineIsLong && _lineLength >= KeptBytes)
        {
            _buffer.AsSpan(_lineStart, KeptBytes).CopyTo(_long ??= new byte[KeptBytes]);
            _lineIsLong = true;
        }

        LineNumber++;
        return true;
    }

    void KeepBeginning()
    {
        if (!_lineIsLong) _buffer.AsSpan(_start, KeptBytes).CopyTo(_long ??= new byte[KeptBytes]);
        _lineIsLong = true;
        _start = _end;
    }

    bool Fill()
    {
        if (_ended) return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        int count;
        try
        {
            count = read(_buffer.AsSpan(_end));
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new BrokenInputException(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}:{LineNumber + 1}"),
                cause is InvalidDataException
                    ? $"a gzip file that is truncated or damaged, after {LineNumber} whole lines"
                    : $"a file that can't be read on after {LineNumber} whole lines ({cause.Message})",
                "a whole, readable file: fetch or pack it again", cause);
        }

        _ended = count == 0;
        _end += count;
        return !_ended;
    }
}

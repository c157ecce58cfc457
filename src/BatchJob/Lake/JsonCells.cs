using System.Buffers;
using System.Globalization;

namespace Kafka.Stock.BatchJob;

/// <summary>Writes the JSON that a stage's nested columns are made from: each number with all its bits.</summary>
/// <remarks>A float is written as the double that it is, so that its digits are exact; a zero keeps its sign.</remarks>
sealed class JsonCells
{
    readonly ArrayBufferWriter<byte> _buffer = new(16_384);
    bool _needsComma;

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public JsonCells Clear()
    {
        _buffer.ResetWrittenCount();
        _needsComma = false;
        return this;
    }

    public JsonCells Open(char bracket)
    {
        Separate();
        Put((byte)bracket);
        _needsComma = false;
        return this;
    }

    public JsonCells Close(char bracket)
    {
        Put((byte)bracket);
        _needsComma = true;
        return this;
    }

    public JsonCells Name(string name)
    {
        Separate();
        Text(name);
        Put((byte)':');
        _needsComma = false;
        return this;
    }

    public JsonCells Number(double value)
    {
        Separate();
        if (value == 0 && double.IsNegative(value)) Put("-0.0"u8);
        else Format(value, "R");
        _needsComma = true;
        return this;
    }

    public JsonCells Number(double? value) => value is { } number ? Number(number) : Raw("null");

    public JsonCells Whole(long value)
    {
        Separate();
        Format(value, "D");
        _needsComma = true;
        return this;
    }

    public JsonCells Truth(bool value) => Raw(value ? "true" : "false");

    public JsonCells String(string value)
    {
        Separate();
        Text(value);
        _needsComma = true;
        return this;
    }

    JsonCells Raw(string literal)
    {
        Separate();
        foreach (var one in literal) Put((byte)one);
        _needsComma = true;
        return this;
    }

    void Text(string value)
    {
        Put((byte)'"');
        Put(System.Text.Json.JsonEncodedText.Encode(value).EncodedUtf8Bytes);
        Put((byte)'"');
    }

    void Format<T>(T value, string format)
        where T : IUtf8SpanFormattable
    {
        if (!value.TryFormat(_buffer.GetSpan(64), out var length, format, CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException("a number of more than 64 characters");
        }

        _buffer.Advance(length);
    }

    void Separate()
    {
        if (_needsComma) Put((byte)',');
    }

    void Put(byte one)
    {
        _buffer.GetSpan(1)[0] = one;
        _buffer.Advance(1);
    }

    void Put(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kafka.Stock.Lakehouse;

/// <summary>How all JSON of the log is written: no blanks, and only what JSON itself demands is escaped.</summary>
static class LogJson
{
    /// <summary>The relaxed encoder leaves <c>+</c>, <c>&lt;</c> and letters beyond ASCII as they are; nothing here ends up in
    /// HTML.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Errors of DuckDB as ours, by the kind that its messages begin with.</summary>
static class DuckErrors
{
    const string Separator = " Error: ";

    /// <summary>True where broken data may be the reason: the kinds that DuckDB's reader of files throws, though a statement may,
    /// too.</summary>
    public static bool MayBeOfData(Exception error) =>
        error is BrokenInputException
            || (error is ConfigurationException one && one.Expected.Contains("Invalid Input", StringComparison.Ordinal));

    /// <summary>The exception for a message such as <c>Parser Error: syntax error at or near "selec"</c>.</summary>
    public static Exception Of(string message, CancellationToken cancellation)
    {
        var end = message.IndexOf(Separator, StringComparison.Ordinal);
        var kind = end < 0 ? "" : message[..end];
        var text = FirstParagraph(end < 0 ? message : message[(end + Separator.Length)..]);
        return kind switch
        {
            "INTERRUPT" => cancellation.IsCancellationRequested
                ? new OperationCanceledException("the statement was cancelled", cancellation)
                : new OperationCanceledException("the statement was interrupted"),
            "Permission" => new RefusedException("SQL", text, "a statement that reads the lake and nothing else"),
            "IO" or "Serialization" => new BrokenInputException("SQL", text, "files that can be read and written"),
            "Out of Memory" => new ConfigurationException("SQL", text, "more memory, a folder for temporary files, or fewer threads"),
            "INTERNAL" or "FATAL" or "TransactionContext" or "Connection" => new InvalidOperationException($"DuckDB: {message}"),
            "" => new BrokenInputException("SQL", text, "input that DuckDB reads"),
            _ => new ConfigurationException("SQL", text, $"a statement without a {kind} error"),
        };
    }

    /// <summary>The sentence without the echo of the statement below it.</summary>
    static string FirstParagraph(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).ReplaceLineEndings(" ").TrimEnd();
    }
}

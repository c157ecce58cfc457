using System.Security.Cryptography;
using System.Text.Json;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>The SHA-256 of a data file, as a tag of its add action: Parquet's own pages carry no checksum, so a bit that turned on a disk
/// would be read as another price.</summary>
/// <remarks>Other readers pass over the tag; files of other writers have none and are read as they are.</remarks>
static class FileDigest
{
    /// <summary>The tag's name.</summary>
    public const string Tag = "kafka.stock.sha256";

    /// <summary>SHA-256 of a file, lower-case hex.</summary>
    public static string Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>The tags of an action, as JSON.</summary>
    public static string ToTags(string digest) => $$"""{"{{Tag}}":"{{digest}}"}""";

    /// <summary>Compares a file with what the log says of it.</summary>
    /// <param name="path">Where its bytes lie.</param>
    /// <param name="name">What it is called in its store, for errors.</param>
    /// <param name="file">Its action.</param>
    /// <exception cref="BrokenInputException">Its length or digest is another.</exception>
    public static void Demand(string path, string name, AddFile file)
    {
        if (ExpectedOf(file) is not { } expected) return;
        var length = new FileInfo(path).Length;
        if (length != file.SizeBytes)
            throw new BrokenInputException(name, $"{length} bytes", $"{file.SizeBytes}, as the log says: bring the file back");
        var found = Of(path);
        if (found != expected)
            throw new BrokenInputException(name, $"sha256 {found}", $"{expected}, as the log says: bring the file back");
    }

    static string? ExpectedOf(AddFile file)
    {
        if (file.TagsJson is null) return null;
        using var tags = JsonDocument.Parse(file.TagsJson);
        return tags.RootElement.ValueKind == JsonValueKind.Object
            && tags.RootElement.TryGetProperty(Tag, out var digest) && digest.ValueKind == JsonValueKind.String
                ? digest.GetString()
                : null;
    }
}

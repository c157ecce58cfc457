using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Lakehouse;

/// <summary>Reads commits: one JSON object a line, one action or more in it.</summary>
static class ActionReader
{
    /// <summary>All actions of a commit that are known here, in order.</summary>
    /// <param name="commit">The file's bytes.</param>
    /// <param name="where">The file, for messages.</param>
    /// <exception cref="BrokenInputException">A line that isn't what the protocol says: names file and line.</exception>
    public static List<LogAction> ReadCommit(ReadOnlySpan<byte> commit, string where)
    {
        var actions = new List<LogAction>();
        for (var line = 1; commit.Length > 0; line++)
        {
            var end = commit.IndexOf((byte)'\n');
            var text = end < 0 ? commit : commit[..end];
            commit = end < 0 ? [] : commit[(end + 1)..];
            if (text.Trim(" \t\r"u8).IsEmpty) continue;
            ReadLine(text, where, line, actions);
        }

        return actions;
    }

    static void ReadLine(ReadOnlySpan<byte> text, string where, int line, List<LogAction> actions)
    {
        try
        {
            var json = new Utf8JsonReader(text);
            ReadActions(ref json, actions);
            if (json.Read()) throw new JsonException("a second value on the line");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new BrokenInputException(
                $"{where}:{line}", $"{Start(text)} ({error.Message})", "one JSON object of Delta actions", error);
        }
    }

    static string Start(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, 60)]);

    static void ReadActions(ref Utf8JsonReader json, List<LogAction> actions)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException("no object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var kind = KindOf(ref json);
            json.Read();
            if (kind == ActionKind.Unknown || json.TokenType == JsonTokenType.Null) json.Skip();
            else actions.Add(ReadAction(ref json, kind));
        }
    }

    static ActionKind KindOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("add"u8) ? ActionKind.Add
        : json.ValueTextEquals("remove"u8) ? ActionKind.Remove
        : json.ValueTextEquals("commitInfo"u8) ? ActionKind.CommitInfo
        : json.ValueTextEquals("txn"u8) ? ActionKind.Txn
        : json.ValueTextEquals("metaData"u8) ? ActionKind.Metadata
        : json.ValueTextEquals("protocol"u8) ? ActionKind.Protocol
        : ActionKind.Unknown;

    static LogAction ReadAction(ref Utf8JsonReader json, ActionKind kind)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException($"an action of kind {kind} that is no object");
        return kind switch
        {
            ActionKind.Add => ReadAdd(ref json),
            ActionKind.Remove => ReadRemove(ref json),
            ActionKind.Txn => ReadTxn(ref json),
            ActionKind.Metadata => ReadMetadata(ref json),
            ActionKind.Protocol => ReadProtocol(ref json),
            _ => CommitInfoReader.Read(JsonElement.ParseValue(ref json)),
        };
    }

    static AddFile ReadAdd(ref Utf8JsonReader json)
    {
        string? path = null, stats = null, tags = null;
        var values = PartitionValues.None;
        long size = 0, modified = 0;
        var isDataChange = true;
        var hasDeletionVector = false;
        while (Next(ref json))
        {
            if (Is(ref json, "path"u8)) path = json.GetString();
            else if (Is(ref json, "partitionValues"u8)) values = ReadPartitionValues(ref json);
            else if (Is(ref json, "size"u8)) size = json.GetInt64();
            else if (Is(ref json, "modificationTime"u8)) modified = json.GetInt64();
            else if (Is(ref json, "dataChange"u8)) isDataChange = json.GetBoolean();
            else if (Is(ref json, "stats"u8)) stats = json.GetString();
            else if (Is(ref json, "tags"u8)) tags = JsonElement.ParseValue(ref json).GetRawText();
            else if (Is(ref json, "deletionVector"u8)) hasDeletionVector = Skipped(ref json);
            else SkipProperty(ref json);
        }

        return new AddFile(Demanded(path, "add.path"), values, size, modified)
        {
            IsDataChange = isDataChange,
            StatsJson = stats,
            TagsJson = tags,
            HasDeletionVector = hasDeletionVector,
        };
    }

    static RemoveFile ReadRemove(ref Utf8JsonReader json)
    {
        string? path = null;
        long? deleted = null, size = null;
        PartitionValues? values = null;
        var isDataChange = true;
        while (Next(ref json))
        {
            if (Is(ref json, "path"u8)) path = json.GetString();
            else if (Is(ref json, "deletionTimestamp"u8)) deleted = json.GetInt64();
            else if (Is(ref json, "dataChange"u8)) isDataChange = json.GetBoolean();
            else if (Is(ref json, "partitionValues"u8)) values = ReadPartitionValues(ref json);
            else if (Is(ref json, "size"u8)) size = json.GetInt64();
            else SkipProperty(ref json);
        }

        return new RemoveFile(Demanded(path, "remove.path"), deleted)
        {
            IsDataChange = isDataChange,
            PartitionValues = values,
            SizeBytes = size,
        };
    }

    static AppTransaction ReadTxn(ref Utf8JsonReader json)
    {
        string? appId = null;
        long? version = null, updated = null;
        while (Next(ref json))
        {
            if (Is(ref json, "appId"u8)) appId = json.GetString();
            else if (Is(ref json, "version"u8)) version = json.GetInt64();
            else if (Is(ref json, "lastUpdated"u8)) updated = json.GetInt64();
            else SkipProperty(ref json);
        }

        return new AppTransaction(Demanded(appId, "txn.appId"), version ?? throw new JsonException("no txn.version"), updated);
    }

    static ProtocolAction ReadProtocol(ref Utf8JsonReader json)
    {
        int? reader = null, writer = null;
        ImmutableArray<string> readerFeatures = [], writerFeatures = [];
        while (Next(ref json))
        {
            if (Is(ref json, "minReaderVersion"u8)) reader = json.GetInt32();
            else if (Is(ref json, "minWriterVersion"u8)) writer = json.GetInt32();
            else if (Is(ref json, "readerFeatures"u8)) readerFeatures = ReadStrings(ref json);
            else if (Is(ref json, "writerFeatures"u8)) writerFeatures = ReadStrings(ref json);
            else SkipProperty(ref json);
        }

        return new ProtocolAction(
            reader ?? throw new JsonException("no protocol.minReaderVersion"),
            writer ?? throw new JsonException("no protocol.minWriterVersion"))
        {
            ReaderFeatures = readerFeatures,
            WriterFeatures = writerFeatures,
        };
    }

    static MetadataAction ReadMetadata(ref Utf8JsonReader json)
    {
        var metadata = new MetadataAction("", null);
        while (Next(ref json))
        {
            if (Is(ref json, "id"u8)) metadata = metadata with { Id = json.GetString() ?? "" };
            else if (Is(ref json, "name"u8)) metadata = metadata with { Name = json.GetString() };
            else if (Is(ref json, "description"u8)) metadata = metadata with { Description = json.GetString() };
            else if (Is(ref json, "schemaString"u8)) metadata = metadata with { SchemaString = json.GetString() };
            else if (Is(ref json, "partitionColumns"u8)) metadata = metadata with { PartitionColumns = ReadStrings(ref json) };
            else if (Is(ref json, "configuration"u8)) metadata = metadata with { Configuration = ReadMap(ref json) };
            else if (Is(ref json, "createdTime"u8)) metadata = metadata with { CreatedMs = json.GetInt64() };
            else if (Is(ref json, "format"u8)) metadata = ReadFormat(ref json, metadata);
            else SkipProperty(ref json);
        }

        return metadata;
    }

    static MetadataAction ReadFormat(ref Utf8JsonReader json, MetadataAction metadata)
    {
        while (Next(ref json))
        {
            if (Is(ref json, "provider"u8)) metadata = metadata with { FormatProvider = json.GetString() ?? "" };
            else if (Is(ref json, "options"u8)) metadata = metadata with { FormatOptions = ReadMap(ref json) };
            else SkipProperty(ref json);
        }

        return metadata;
    }

    /// <summary>A map of strings; the reader stands on its opening brace.</summary>
    internal static PartitionValues ReadPartitionValues(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException("partitionValues that are no object");
        List<KeyValuePair<string, string?>>? pairs = null;
        while (Next(ref json))
        {
            var column = json.GetString()!;
            json.Read();
            (pairs ??= []).Add(KeyValuePair.Create(column, json.GetString()));
        }

        return pairs is null ? PartitionValues.None : PartitionValues.Of(pairs);
    }

    static ImmutableSortedDictionary<string, string> ReadMap(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException("a map that is no object");
        var map = LogMaps.Empty;
        while (Next(ref json))
        {
            var key = json.GetString()!;
            json.Read();
            var isText = json.TokenType == JsonTokenType.String;
            map = map.SetItem(key, isText ? json.GetString()! : JsonElement.ParseValue(ref json).GetRawText());
        }

        return map;
    }

    static ImmutableArray<string> ReadStrings(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray) throw new JsonException("no array of strings");
        var strings = ImmutableArray.CreateBuilder<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            strings.Add(json.GetString() ?? throw new JsonException("a null name"));
        }

        return strings.ToImmutable();
    }

    static bool Next(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>True when the property has this name and a value; the reader then stands on the value, else on what it stood on.</summary>
    static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        if (json.TokenType != JsonTokenType.PropertyName || !json.ValueTextEquals(name)) return false;
        var ahead = json;
        ahead.Read();
        if (ahead.TokenType == JsonTokenType.Null) return false;
        json = ahead;
        return true;
    }

    static void SkipProperty(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    static bool Skipped(ref Utf8JsonReader json)
    {
        json.Skip();
        return true;
    }

    static string Demanded(string? value, string name) => value ?? throw new JsonException($"no {name}");

    enum ActionKind
    {
        Unknown,
        Add,
        Remove,
        Txn,
        Metadata,
        Protocol,
        CommitInfo,
    }
}

using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Kafka.Stock.Lakehouse;

/// <summary>Writes actions as the log has them: one JSON object a line.</summary>
static class ActionWriter
{
    /// <summary>The bytes of a commit.</summary>
    public static byte[] WriteCommit(IEnumerable<LogAction> actions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, LogJson.WriterOptions);
        foreach (var action in actions)
        {
            Write(json, action);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>One action as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, LogAction action)
    {
        json.WriteStartObject();
        switch (action)
        {
            case AddFile add: WriteAdd(json, add); break;
            case RemoveFile remove: WriteRemove(json, remove); break;
            case AppTransaction txn: WriteTxn(json, txn); break;
            case CommitInfo info: WriteCommitInfo(json, info); break;
            case MetadataAction metadata: WriteMetadata(json, metadata); break;
            case ProtocolAction protocol: WriteProtocol(json, protocol); break;
            default: throw new ArgumentException($"an action of type {action.GetType().Name}", nameof(action));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteAdd(Utf8JsonWriter json, AddFile add)
    {
        json.WriteStartObject("add");
        json.WriteString("path", add.Path);
        WritePartitionValues(json, add.PartitionValues);
        json.WriteNumber("size", add.SizeBytes);
        json.WriteNumber("modificationTime", add.ModifiedMs);
        json.WriteBoolean("dataChange", add.IsDataChange);
        if (add.StatsJson is not null) json.WriteString("stats", add.StatsJson);
        if (add.TagsJson is null) return;
        json.WritePropertyName("tags");
        json.WriteRawValue(add.TagsJson);
    }

    static void WriteRemove(Utf8JsonWriter json, RemoveFile remove)
    {
        json.WriteStartObject("remove");
        json.WriteString("path", remove.Path);
        if (remove.DeletedMs is { } deleted) json.WriteNumber("deletionTimestamp", deleted);
        json.WriteBoolean("dataChange", remove.IsDataChange);
        if (remove.PartitionValues is null || remove.SizeBytes is null) return;
        json.WriteBoolean("extendedFileMetadata", true);
        WritePartitionValues(json, remove.PartitionValues);
        json.WriteNumber("size", remove.SizeBytes.Value);
    }

    static void WriteTxn(Utf8JsonWriter json, AppTransaction txn)
    {
        json.WriteStartObject("txn");
        json.WriteString("appId", txn.AppId);
        json.WriteNumber("version", txn.Version);
        if (txn.UpdatedMs is { } updated) json.WriteNumber("lastUpdated", updated);
    }

    static void WriteProtocol(Utf8JsonWriter json, ProtocolAction protocol)
    {
        json.WriteStartObject("protocol");
        json.WriteNumber("minReaderVersion", protocol.MinReaderVersion);
        json.WriteNumber("minWriterVersion", protocol.MinWriterVersion);
        if (protocol.MinReaderVersion >= 3) WriteStrings(json, "readerFeatures", protocol.ReaderFeatures);
        if (protocol.MinWriterVersion >= 7) WriteStrings(json, "writerFeatures", protocol.WriterFeatures);
    }

    static void WriteMetadata(Utf8JsonWriter json, MetadataAction metadata)
    {
        json.WriteStartObject("metaData");
        json.WriteString("id", metadata.Id);
        if (metadata.Name is not null) json.WriteString("name", metadata.Name);
        if (metadata.Description is not null) json.WriteString("description", metadata.Description);
        json.WriteStartObject("format");
        json.WriteString("provider", metadata.FormatProvider);
        WriteMap(json, "options", metadata.FormatOptions);
        json.WriteEndObject();
        if (metadata.SchemaString is not null) json.WriteString("schemaString", metadata.SchemaString);
        WriteStrings(json, "partitionColumns", metadata.PartitionColumns);
        WriteMap(json, "configuration", metadata.Configuration);
        if (metadata.CreatedMs is { } created) json.WriteNumber("createdTime", created);
    }

    static void WriteCommitInfo(Utf8JsonWriter json, CommitInfo info)
    {
        json.WriteStartObject("commitInfo");
        if (info.TimestampMs is { } timestamp) json.WriteNumber("timestamp", timestamp);
        if (info.Operation is not null) json.WriteString("operation", info.Operation);
        WriteMap(json, "operationParameters", info.OperationParameters);
        if (info.ReadVersion is { } version) json.WriteNumber("readVersion", version);
        if (info.IsBlindAppend is { } isBlind) json.WriteBoolean("isBlindAppend", isBlind);
        WriteMap(json, "operationMetrics", info.OperationMetrics);
        if (info.EngineInfo is not null) json.WriteString("engineInfo", info.EngineInfo);
        if (info.TxnId is not null) json.WriteString("txnId", info.TxnId);
    }

    static void WritePartitionValues(Utf8JsonWriter json, PartitionValues values)
    {
        json.WriteStartObject("partitionValues");
        foreach (var (column, value) in values.ByColumn) json.WriteString(column, value);
        json.WriteEndObject();
    }

    static void WriteStrings(Utf8JsonWriter json, string name, ImmutableArray<string> strings)
    {
        json.WriteStartArray(name);
        foreach (var one in strings) json.WriteStringValue(one);
        json.WriteEndArray();
    }

    static void WriteMap(Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map) json.WriteString(key, value);
        json.WriteEndObject();
    }
}

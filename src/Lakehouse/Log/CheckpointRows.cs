using System.Collections.Immutable;
using System.Text.Json;

namespace Kafka.Stock.Lakehouse;

/// <summary>The rows of a checkpoint as Parquet, with the types that the protocol gives them.</summary>
/// <remarks>Delta protocol, "Checkpoint Schema". All is encoded here and nothing by DuckDB: a checkpoint stands in the way of the commit
/// that makes it.</remarks>
sealed class CheckpointRows
{
    const int GroupRowsMax = 1 << 16;
    const long GroupLengthMax = 32L << 20;

    static readonly ImmutableArray<ParquetNode> s_schema =
    [
        ParquetNode.Struct(
            "txn", ParquetNode.Text("appId"), Number("version"), Number("lastUpdated")),
        ParquetNode.Struct(
            "add", ParquetNode.Text("path"), ParquetNode.TextMap("partitionValues"), Number("size"), Number("modificationTime"),
            ParquetNode.Column("dataChange", ParquetPrimitive.Bool), ParquetNode.Text("stats"), ParquetNode.TextMap("tags")),
        ParquetNode.Struct(
            "remove", ParquetNode.Text("path"), Number("deletionTimestamp"), ParquetNode.Column("dataChange", ParquetPrimitive.Bool),
            ParquetNode.Column("extendedFileMetadata", ParquetPrimitive.Bool), ParquetNode.TextMap("partitionValues"), Number("size")),
        ParquetNode.Struct(
            "metaData", ParquetNode.Text("id"), ParquetNode.Text("name"), ParquetNode.Text("description"),
            ParquetNode.Struct("format", ParquetNode.Text("provider"), ParquetNode.TextMap("options")), ParquetNode.Text("schemaString"),
            ParquetNode.TextList("partitionColumns"), ParquetNode.TextMap("configuration"), Number("createdTime")),
        ParquetNode.Struct(
            "protocol", ParquetNode.Column("minReaderVersion", ParquetPrimitive.Int32),
            ParquetNode.Column("minWriterVersion", ParquetPrimitive.Int32)),
    ];

    readonly NestedParquet _file;
    readonly NestedColumn _addPath, _addSize, _addTime, _addChange, _addStats;
    readonly NestedColumn _removePath, _removeTime, _removeChange, _removeExtended, _removeSize;
    readonly Map _addValues, _addTags, _removeValues;
    long _row;

    CheckpointRows(NestedParquet file)
    {
        _file = file;
        (_addPath, _addSize, _addTime) = (file["add.path"], file["add.size"], file["add.modificationTime"]);
        (_addChange, _addStats) = (file["add.dataChange"], file["add.stats"]);
        (_removePath, _removeTime, _removeChange) = (file["remove.path"], file["remove.deletionTimestamp"], file["remove.dataChange"]);
        (_removeExtended, _removeSize) = (file["remove.extendedFileMetadata"], file["remove.size"]);
        (_addValues, _addTags) = (new Map(file, "add.partitionValues"), new Map(file, "add.tags"));
        _removeValues = new Map(file, "remove.partitionValues");
    }

    /// <summary>Writes the actions into a stream; what they do is no change of the data any more.</summary>
    public static void Write(IEnumerable<LogAction> actions, Stream target, CancellationToken cancellation)
    {
        var file = new NestedParquet(target, s_schema);
        var rows = new CheckpointRows(file);
        foreach (var action in actions)
        {
            rows.Add(action);
            if ((rows._row & 0xFF) != 0) continue;
            cancellation.ThrowIfCancellationRequested();
            if (rows._row >= GroupRowsMax || file.WaitingLength > GroupLengthMax) rows.EndGroup();
        }

        if (rows._row > 0) rows.EndGroup();
        file.Complete();
    }

    static ParquetNode Number(string name) => ParquetNode.Column(name, ParquetPrimitive.Int64);

    void EndGroup()
    {
        _file.EndGroup(_row);
        _row = 0;
    }

    void Add(LogAction action)
    {
        switch (action)
        {
            case AddFile add: Add(add); break;
            case RemoveFile remove: Add(remove); break;
            case AppTransaction txn: Add(txn); break;
            case MetadataAction metadata: Add(metadata); break;
            case ProtocolAction protocol: Add(protocol); break;
            default: throw new ArgumentException($"an action of type {action.GetType().Name}", nameof(action));
        }

        _row++;
    }

    void Add(AddFile add)
    {
        _addPath.Text(_row, add.Path);
        Add(_addValues, add.PartitionValues);
        _addSize.Int64(_row, add.SizeBytes);
        _addTime.Int64(_row, add.ModifiedMs);
        _addChange.Bool(_row, false);
        _addStats.Text(_row, add.StatsJson);
        AddTags(add.TagsJson);
    }

    void Add(RemoveFile remove)
    {
        _removePath.Text(_row, remove.Path);
        _removeTime.Int64(_row, remove.DeletedMs);
        _removeChange.Bool(_row, false);
        _removeExtended.Bool(_row, remove.PartitionValues is not null && remove.SizeBytes is not null);
        if (remove.PartitionValues is { } values) Add(_removeValues, values);
        else _removeValues.Missing(_row, definition: 1);
        _removeSize.Int64(_row, remove.SizeBytes);
    }

    void Add(AppTransaction txn)
    {
        _file["txn.appId"].Text(_row, txn.AppId);
        _file["txn.version"].Int64(_row, txn.Version);
        _file["txn.lastUpdated"].Int64(_row, txn.UpdatedMs);
    }

    void Add(MetadataAction metadata)
    {
        _file["metaData.id"].Text(_row, metadata.Id);
        _file["metaData.name"].Text(_row, metadata.Name);
        _file["metaData.description"].Text(_row, metadata.Description);
        _file["metaData.format.provider"].Text(_row, metadata.FormatProvider);
        new Map(_file, "metaData.format.options").Add(_row, definition: 3, metadata.FormatOptions);
        _file["metaData.schemaString"].Text(_row, metadata.SchemaString);
        var columns = _file["metaData.partitionColumns.list.element"];
        foreach (var column in metadata.PartitionColumns) columns.Text(_row, column);
        if (metadata.PartitionColumns.IsEmpty) columns.Missing(_row, definition: 2);
        new Map(_file, "metaData.configuration").Add(_row, definition: 2, metadata.Configuration);
        _file["metaData.createdTime"].Int64(_row, metadata.CreatedMs);
    }

    void Add(ProtocolAction protocol)
    {
        _file["protocol.minReaderVersion"].Int32(_row, protocol.MinReaderVersion);
        _file["protocol.minWriterVersion"].Int32(_row, protocol.MinWriterVersion);
    }

    void Add(Map map, PartitionValues values)
    {
        foreach (var (column, value) in values.ByColumn) map.Add(_row, column, value);
        if (values.ByColumn.IsEmpty) map.Missing(_row, definition: 2);
    }

    /// <summary>The protocol has texts there; what another writer put in as something else stays as its JSON.</summary>
    void AddTags(string? json)
    {
        using var tags = json is null ? null : JsonDocument.Parse(json);
        if (tags?.RootElement.ValueKind != JsonValueKind.Object)
        {
            _addTags.Missing(_row, definition: 1);
            return;
        }

        var isEmpty = true;
        foreach (var tag in tags.RootElement.EnumerateObject())
        {
            isEmpty = false;
            _addTags.Add(_row, tag.Name, tag.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => tag.Value.GetString(),
                _ => tag.Value.GetRawText(),
            });
        }

        if (isEmpty) _addTags.Missing(_row, definition: 2);
    }

    /// <summary>The two columns of a map.</summary>
    readonly struct Map(NestedParquet file, string path)
    {
        readonly NestedColumn _keys = file[path + ".key_value.key"];
        readonly NestedColumn _values = file[path + ".key_value.value"];

        public void Add(long row, string key, string? value)
        {
            _keys.Text(row, key);
            _values.Text(row, value);
        }

        /// <param name="row">In the row group.</param>
        /// <param name="definition">How many are there of the map and the structs that it is in.</param>
        /// <param name="map">Its entries.</param>
        public void Add(long row, int definition, ImmutableSortedDictionary<string, string> map)
        {
            foreach (var (key, value) in map) Add(row, key, value);
            if (map.IsEmpty) Missing(row, definition);
        }

        public void Missing(long row, int definition)
        {
            _keys.Missing(row, definition);
            _values.Missing(row, definition);
        }
    }
}

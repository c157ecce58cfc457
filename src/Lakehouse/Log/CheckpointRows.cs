using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Kafka.Stock.Lakehouse;

/// <summary>The rows of a checkpoint as Parquet, with the types that the protocol gives them.</summary>
/// <remarks>Files come by the thousand, so they go to DuckDB as columns; the few others go as JSON.</remarks>
static class CheckpointRows
{
    const string Load =
        """
        CREATE TEMP TABLE checkpoint_files (is_add BOOLEAN, path VARCHAR, partition_values VARCHAR, has_values BOOLEAN, size BIGINT,
            has_size BOOLEAN, time BIGINT, has_time BOOLEAN, stats VARCHAR, tags VARCHAR);
        CREATE TEMP TABLE checkpoint_others (action VARCHAR)
        """;

    const string Strings = "\"MAP(VARCHAR, VARCHAR)\"";

    const string Others =
        "{\"txn\": {\"appId\": \"VARCHAR\", \"version\": \"BIGINT\", \"lastUpdated\": \"BIGINT\"},"
        + " \"metaData\": {\"id\": \"VARCHAR\", \"name\": \"VARCHAR\", \"description\": \"VARCHAR\","
        + " \"format\": {\"provider\": \"VARCHAR\", \"options\": " + Strings + "}, \"schemaString\": \"VARCHAR\","
        + " \"partitionColumns\": [\"VARCHAR\"], \"configuration\": " + Strings + ", \"createdTime\": \"BIGINT\"},"
        + " \"protocol\": {\"minReaderVersion\": \"INTEGER\", \"minWriterVersion\": \"INTEGER\"}}";

    const string Select =
        $$"""
        SELECT txn, add, remove, metaData, protocol FROM (
            SELECT unnest(from_json(action, '{{Others}}')) FROM checkpoint_others
            UNION ALL BY NAME
            SELECT {path: path, partitionValues: from_json(partition_values, '{{Strings}}'), size: size, modificationTime: time,
                dataChange: false, stats: stats, tags: from_json(tags, '{{Strings}}')} AS add
            FROM checkpoint_files WHERE is_add
            UNION ALL BY NAME
            SELECT {path: path, deletionTimestamp: CASE WHEN has_time THEN time END, dataChange: false,
                extendedFileMetadata: has_values AND has_size,
                partitionValues: CASE WHEN has_values THEN from_json(partition_values, '{{Strings}}') END,
                size: CASE WHEN has_size THEN size END} AS remove
            FROM checkpoint_files WHERE NOT is_add)
        """;

    /// <summary>Writes the actions into a new file; what they do is no change of the data any more.</summary>
    public static void Write(DuckConnection connection, IEnumerable<LogAction> actions, string file, CancellationToken cancellation)
    {
        connection.Execute(Load, cancellation);
        var others = new List<LogAction>();
        using (var files = new Columns(connection.Append("checkpoint_files")))
        {
            foreach (var action in actions)
            {
                if (action is AddFile add) files.Append(add);
                else if (action is RemoveFile remove) files.Append(remove);
                else others.Add(action);
            }

            files.Complete();
        }

        AppendOthers(connection, others);
        connection.Execute($"COPY ({Select}) TO {Sql.Literal(file)} (FORMAT parquet, COMPRESSION snappy)", cancellation);
    }

    static void AppendOthers(DuckConnection connection, List<LogAction> others)
    {
        using var appender = connection.Append("checkpoint_others");
        foreach (var chunk in others.Chunk(DuckAppender.Capacity))
        {
            foreach (var (row, action) in chunk.Index()) appender.SetBytes(0, row, ActionWriter.WriteCommit([action]));
            appender.Flush(chunk.Length);
        }

        appender.Complete();
    }

    /// <summary>Fills the columns of <c>checkpoint_files</c>.</summary>
    sealed class Columns(DuckAppender appender) : IDisposable
    {
        readonly ArrayBufferWriter<byte> _json = new();
        byte[] _text = new byte[1024];
        int _row;

        public void Append(AddFile add)
        {
            Append(isAdd: true, add.Path, add.PartitionValues, add.SizeBytes, add.ModifiedMs);
            SetText(8, add.StatsJson);
            SetText(9, add.TagsJson);
            Next();
        }

        public void Append(RemoveFile remove)
        {
            Append(isAdd: false, remove.Path, remove.PartitionValues, remove.SizeBytes, remove.DeletedMs);
            SetText(8, null);
            SetText(9, null);
            Next();
        }

        public void Complete()
        {
            appender.Flush(_row);
            appender.Complete();
        }

        public void Dispose() => appender.Dispose();

        void Append(bool isAdd, string path, PartitionValues? values, long? size, long? time)
        {
            appender.Values<bool>(0)[_row] = isAdd;
            SetText(1, path);
            SetJson(2, values ?? PartitionValues.None);
            appender.Values<bool>(3)[_row] = values is not null;
            appender.Values<long>(4)[_row] = size ?? 0;
            appender.Values<bool>(5)[_row] = size is not null;
            appender.Values<long>(6)[_row] = time ?? 0;
            appender.Values<bool>(7)[_row] = time is not null;
        }

        void SetText(int column, string? text)
        {
            if (text is null)
            {
                appender.SetNull(column, _row);
                return;
            }

            var length = Encoding.UTF8.GetMaxByteCount(text.Length);
            if (_text.Length < length) _text = new byte[length];
            appender.SetBytes(column, _row, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
        }

        void SetJson(int column, PartitionValues values)
        {
            if (values.ByColumn.IsEmpty)
            {
                appender.SetBytes(column, _row, "{}"u8);
                return;
            }

            _json.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_json, LogJson.WriterOptions))
            {
                json.WriteStartObject();
                foreach (var (name, value) in values.ByColumn) json.WriteString(name, value);
                json.WriteEndObject();
            }

            appender.SetBytes(column, _row, _json.WrittenSpan);
        }

        void Next()
        {
            if (++_row < DuckAppender.Capacity) return;
            appender.Flush(_row);
            _row = 0;
        }
    }
}

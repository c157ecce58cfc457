namespace Kafka.Stock.Lakehouse;

/// <summary>The first commit of a table.</summary>
static class TableCreation
{
    /// <summary>Writes version 0.</summary>
    /// <returns>False where somebody else was faster.</returns>
    public static Task<bool> TryCreateAsync(DeltaLog log, TableDefinition definition, LakeOptions options, CancellationToken cancellation)
    {
        definition.Validated(log.Where);
        var txnId = options.NewName();
        var nowMs = options.NowUs() / 1000;
        var info = new CommitInfo
        {
            TimestampMs = nowMs,
            Operation = "CREATE TABLE",
            IsBlindAppend = true,
            EngineInfo = options.EngineInfo,
            TxnId = txnId,
        };
        var metadata = new MetadataAction(options.NewName(), SchemaJson.Write(definition.Schema))
        {
            Description = definition.Description,
            PartitionColumns = definition.PartitionColumns,
            Configuration = definition.Configuration,
            CreatedMs = nowMs,
        };
        return log.TryCommitAsync(0, ActionWriter.WriteCommit([info, ProtocolAction.Own, metadata]), txnId, cancellation);
    }
}

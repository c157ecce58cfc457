namespace Kafka.Stock.Lakehouse;

/// <summary>Where rows of a <see cref="ParquetLoad"/> wait until they are enough for a file.</summary>
interface ILoadStage : IDisposable
{
    /// <summary>To be filled.</summary>
    DuckChunk Chunk { get; }

    /// <summary>The first rows of the chunk wait from now on; the next ones go into an empty one.</summary>
    void Flush(int rowCount);

    /// <summary>Begins to make files of what waits, after those before; may wait for them.</summary>
    void Write();

    /// <summary>Waits for all files.</summary>
    /// <returns>In order of their rows.</returns>
    IReadOnlyList<DataFile> Finish();

    /// <summary>Ends what is being written; nothing is begun any more.</summary>
    void Cancel();
}

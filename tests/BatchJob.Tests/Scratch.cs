using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>A folder of its own for a test's models, gone at the end.</summary>
sealed class Scratch : IDisposable
{
    public Scratch() => Store = new ModelStore(ObjectStores.Open(Folder, new ObjectStoreOptions()));

    public string Folder { get; } = Directory.CreateTempSubdirectory("kstock-models-").FullName;

    public ModelStore Store { get; }

    public string PathTo(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

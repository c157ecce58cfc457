using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>What replay of the log gives: for each thing its newest action. Immutable, and shares all that didn't change.</summary>
sealed record TableState
{
    /// <summary>Before the first commit.</summary>
    public static TableState Empty { get; } = new();

    /// <summary>Null before the first one was seen.</summary>
    public ProtocolAction? Protocol { get; init; }

    /// <summary>Null before the first one was seen.</summary>
    public MetadataAction? Metadata { get; init; }

    /// <summary>Active files by <see cref="AddFile.Key"/>, in the order of its bytes.</summary>
    public ImmutableSortedDictionary<string, AddFile> Files { get; init; } =
        ImmutableSortedDictionary.Create<string, AddFile>(StringComparer.Ordinal);

    /// <summary>Removed files by key.</summary>
    public ImmutableSortedDictionary<string, RemoveFile> Tombstones { get; init; } =
        ImmutableSortedDictionary.Create<string, RemoveFile>(StringComparer.Ordinal);

    /// <summary>Progress of applications by their id.</summary>
    public ImmutableSortedDictionary<string, AppTransaction> Transactions { get; init; } =
        ImmutableSortedDictionary.Create<string, AppTransaction>(StringComparer.Ordinal);

    /// <summary>A file was added whose rows are partly deleted by a vector, which no reader here understands.</summary>
    public bool HasDeletionVectors { get; init; }

    /// <summary>The state after these actions.</summary>
    public TableState Apply(IEnumerable<LogAction> actions)
    {
        var (protocol, metadata) = (Protocol, Metadata);
        var hasVectors = HasDeletionVectors;
        var (files, tombstones, transactions) = (Files.ToBuilder(), Tombstones.ToBuilder(), Transactions.ToBuilder());
        foreach (var action in actions)
        {
            switch (action)
            {
                case AddFile add:
                    files[add.Key] = add;
                    tombstones.Remove(add.Key);
                    hasVectors |= add.HasDeletionVector;
                    break;
                case RemoveFile remove:
                    files.Remove(remove.Key);
                    tombstones[remove.Key] = remove;
                    break;
                case AppTransaction txn:
                    transactions[txn.AppId] = txn;
                    break;
                case ProtocolAction one:
                    protocol = one;
                    break;
                case MetadataAction one:
                    metadata = one;
                    break;
                default:
                    break;
            }
        }

        return new TableState
        {
            HasDeletionVectors = hasVectors,
            Protocol = protocol,
            Metadata = metadata,
            Files = files.ToImmutable(),
            Tombstones = tombstones.ToImmutable(),
            Transactions = transactions.ToImmutable(),
        };
    }
}

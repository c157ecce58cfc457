using System.Collections.Immutable;

namespace Kafka.Stock.Lakehouse;

/// <summary>Maps of the log, kept in the order of their keys' bytes so that the same content gives the same bytes.</summary>
static class LogMaps
{
    /// <summary>Of ordinal order; what is built upon it has it, too.</summary>
    public static ImmutableSortedDictionary<string, string> Empty { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>Headers of a dead letter: what was wrong, and where the record lay.</summary>
public static class DeadLetterHeaders
{
    /// <summary>Place in the record or file.</summary>
    public const string ErrorWhere = "error.where";

    /// <summary>What was there.</summary>
    public const string ErrorFound = "error.found";

    /// <summary>What should have been there.</summary>
    public const string ErrorExpected = "error.expected";

    /// <summary>Topic that the record lies in.</summary>
    public const string SourceTopic = "source.topic";

    /// <summary>Its partition.</summary>
    public const string SourcePartition = "source.partition";

    /// <summary>Its offset.</summary>
    public const string SourceOffset = "source.offset";

    /// <summary>Who couldn't read it.</summary>
    public const string Role = "role";

    /// <summary>Headers for a record that doesn't come from a topic, such as a line of a file.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(StockException defect, string role) =>
    [
        new(ErrorWhere, defect.Where), new(ErrorFound, defect.Found), new(ErrorExpected, defect.Expected), new(Role, role),
    ];

    /// <summary>Headers for a record of a topic.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        StockException defect, string role, string topic, int partition, long offset) =>
    [
        new(ErrorWhere, defect.Where), new(ErrorFound, defect.Found), new(ErrorExpected, defect.Expected),
        new(SourceTopic, topic), new(SourcePartition, partition.ToString(CultureInfo.InvariantCulture)),
        new(SourceOffset, offset.ToString(CultureInfo.InvariantCulture)), new(Role, role),
    ];
}

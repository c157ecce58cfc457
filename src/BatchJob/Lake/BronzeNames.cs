using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Symbols of the schemas' enums, as they stand in bronze.</summary>
static class BronzeNames
{
    public static string Of(DriftState state) => state == DriftState.Stable ? "STABLE" : "ALARM";

    public static string Of(IntervalKind kind) => kind switch
    {
        IntervalKind.Warming => "WARMING",
        IntervalKind.Bounded => "BOUNDED",
        IntervalKind.Unbounded => "UNBOUNDED",
        _ => "EMPTY",
    };
}

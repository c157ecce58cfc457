namespace Kafka.Stock.Lakehouse.Tests;

/// <summary>At which request a writer dies: the first of an operation on a key that ends so.</summary>
sealed record DeathPlan(bool IsAfter, StoreOperation Operation, string KeyEnd)
{
    /// <summary>As on the command line: <c>before:Upload:.parquet</c>.</summary>
    public override string ToString() => $"{(IsAfter ? "after" : "before")}:{Operation}:{KeyEnd}";

    public static DeathPlan Parse(string text)
    {
        var parts = text.Split(':');
        return new DeathPlan(parts[0] == "after", Enum.Parse<StoreOperation>(parts[1]), parts[2]);
    }

    public bool Matches(StoreOperation operation, string key) =>
        operation == Operation && key.EndsWith(KeyEnd, StringComparison.Ordinal);
}

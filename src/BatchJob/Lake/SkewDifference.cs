namespace Kafka.Stock.BatchJob;

/// <summary>A feature whose bits differ between what the Trainer was given and gold.</summary>
/// <param name="Series">Whose row.</param>
/// <param name="EndUs">End of the bar, microseconds since 1970 UTC.</param>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Online">As the Trainer was given it.</param>
/// <param name="Gold">As gold has it; null where gold has no such row, or no features in it.</param>
public sealed record SkewDifference(string Series, long EndUs, string Feature, float Online, float? Gold);

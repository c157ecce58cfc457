namespace Kafka.Stock.Learning;

/// <summary>Outcome of a test of forecast skill.</summary>
/// <param name="Count">Rows tested.</param>
/// <param name="Mean">Mean difference of losses; above 0 where the second forecast is better.</param>
/// <param name="Statistic">Test statistic, its sign as that of the mean.</param>
/// <param name="PValue">Probability of such a statistic where there is no skill; 1 where there are too few rows or nothing varies.</param>
public readonly record struct SkillResult(int Count, double Mean, double Statistic, double PValue);

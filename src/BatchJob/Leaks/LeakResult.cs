namespace Kafka.Stock.BatchJob;

/// <summary>What a known mistake shows, and what it is worth.</summary>
/// <param name="Mistake">Its name, the same for ever.</param>
/// <param name="Unit">Of the three figures: <c>skill</c> is 1 - MASE, above 0 where a forecast beats no change.</param>
/// <param name="Shown">What the one who made the mistake reads.</param>
/// <param name="Real">What comes out when it is used.</param>
/// <param name="Honest">What the same model is worth without the mistake.</param>
/// <param name="Data"><see cref="LeakTable.RealData"/>, or <see cref="LeakTable.MemoryData"/> or <see cref="LeakTable.RevertingData"/>
/// where a skill to lose is needed.</param>
/// <param name="Words">What is done wrong, in a sentence.</param>
public sealed record LeakResult(string Mistake, string Unit, double Shown, double Real, double Honest, string Data, string Words);

namespace Kafka.Stock.BatchJob;

/// <summary>What a control came to.</summary>
/// <param name="Control">Its name, the same for ever.</param>
/// <param name="Meaning">What was measured, in a sentence.</param>
/// <param name="Value">The figure that is judged.</param>
/// <param name="Wanted">What it has to be, in words.</param>
/// <param name="Passed">Whether it is.</param>
/// <param name="Runs">The figure of each run, in order.</param>
public sealed record ControlResult(
    string Control, string Meaning, double Value, string Wanted, bool Passed, IReadOnlyList<double> Runs);

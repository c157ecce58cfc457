namespace Kafka.Stock.Sources;

/// <summary>What is wrong with a line, and in which field. Costs nothing; <see cref="LineParser.Explain"/> makes words of it.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Field">Index of the field from 0; of no meaning where the line as a whole is wrong.</param>
public readonly record struct LineFault(LineFaultKind Kind, int Field)
{
    /// <summary>True when nothing is wrong.</summary>
    public bool IsNone => Kind == LineFaultKind.None;
}

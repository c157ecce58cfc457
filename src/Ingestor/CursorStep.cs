namespace Kafka.Stock.Ingestor;

/// <summary>What a step through a file came upon.</summary>
enum CursorStep
{
    /// <summary>A line that holds.</summary>
    Line,

    /// <summary>A line that doesn't.</summary>
    Fault,

    /// <summary>The end of the file.</summary>
    End,
}

namespace Kafka.Stock.Cli;

/// <summary>How rows are written.</summary>
enum RowFormat
{
    /// <summary>Columns side by side.</summary>
    Table,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>RFC 4180, with names in the first line.</summary>
    Csv,
}

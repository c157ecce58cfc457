using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.BatchJob;

/// <summary>How the records of one topic become rows of one bronze table.</summary>
/// <remarks>Rows are staged in a table of plain columns first; <see cref="Select"/> makes the nested ones.</remarks>
interface IBronzeRows
{
    /// <summary>Columns of the stage in order, with their SQL types.</summary>
    IReadOnlyList<(string Name, string SqlType)> StageColumns { get; }

    /// <summary>The bronze table.</summary>
    TableDefinition Definition { get; }

    /// <summary>Columns of the table from those of the stage; a text each, <c>expression AS name</c>.</summary>
    string Select { get; }

    /// <summary>Fills a row of the stage's chunk.</summary>
    void Fill(DuckAppender chunk, int row, in LakeRecord record);
}

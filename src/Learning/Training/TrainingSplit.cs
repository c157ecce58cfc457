namespace Kafka.Stock.Learning;

/// <summary>Chronological parts of a history, a gap of so many rows between them as a label looks ahead.</summary>
/// <param name="Train">Rows to learn from.</param>
/// <param name="Validation">Rows for early stopping; empty where the recipe has none.</param>
/// <param name="Test">The youngest rows, never learnt from and never chosen by; empty where the recipe has none.</param>
public readonly record struct TrainingSplit(Range Train, Range Validation, Range Test)
{
    /// <summary>Parts of a history of so many rows.</summary>
    /// <param name="rows">Rows, oldest first.</param>
    /// <param name="recipe">How long the parts are.</param>
    /// <param name="horizonRows">Gap: rows that a label looks ahead, at least 1.</param>
    /// <exception cref="ArgumentException">No row is left to learn from, or the gap is below 1.</exception>
    public static TrainingSplit Of(int rows, TrainingRecipe recipe, int horizonRows)
    {
        if (horizonRows < 1) throw new ArgumentException("expected a horizon of at least 1", nameof(horizonRows));
        var isShort = rows < recipe.WholeRowsMin;
        var share = (int)(rows * recipe.PartShare);
        var end = rows;
        var test = TakeLast(ref end, isShort ? share : recipe.TestRows, horizonRows);
        var validation = TakeLast(ref end, isShort ? share : recipe.ValidationRows, horizonRows);
        if (end < 1)
            throw new ArgumentException($"found {rows} rows; expected at least one to learn from after validation and test part",
                nameof(rows));
        return new TrainingSplit(Math.Max(0, end - recipe.TrainRowsMax)..end, validation, test);
    }

    /// <summary>Cuts a part off the end, and the gap before it.</summary>
    static Range TakeLast(ref int end, int count, int gap)
    {
        if (count == 0) return end..end;
        var part = Math.Max(0, end - count)..Math.Max(0, end);
        end = part.Start.Value - gap;
        return part;
    }
}

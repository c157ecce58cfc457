using System.Globalization;
using System.Text;

namespace Kafka.Stock.Contracts;

/// <summary>A place in JSON or in a schema. Its text is put together only when a message needs it: long names within big lists would
/// cost the square of their length otherwise.</summary>
sealed class AvroPath(AvroPath? parent, string piece)
{
    /// <summary>The whole of a JSON text.</summary>
    public static AvroPath Root { get; } = new(null, "$");

    /// <summary>Further in, by a piece of text.</summary>
    public AvroPath Then(string next) => new(this, next);

    /// <summary>A property.</summary>
    public AvroPath Property(string name) => Then("." + name);

    /// <summary>An item of a list.</summary>
    public AvroPath Item(int index) => Then($"[{index.ToString(CultureInfo.InvariantCulture)}]");

    /// <inheritdoc/>
    public override string ToString()
    {
        var pieces = new Stack<string>();
        for (var at = this; at is not null; at = at.Parent) pieces.Push(at.Piece);
        return new StringBuilder().AppendJoin("", pieces).ToString();
    }

    AvroPath? Parent { get; } = parent;

    string Piece { get; } = piece;
}

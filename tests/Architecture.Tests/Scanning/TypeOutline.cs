namespace Kafka.Stock.Architecture.Tests;

/// <summary>A type as it is declared; <c>Rest</c> is what follows the name up to the block: parameters, bases, constraints.</summary>
sealed record TypeOutline(string Name, string Kind, IReadOnlyList<string> Modifiers, bool IsTopLevel, string Rest, int Line)
{
    /// <summary>True for what inheritance could reopen.</summary>
    public bool IsClass => Kind is "class" or "record" || Kind.EndsWith("class", StringComparison.Ordinal);
}

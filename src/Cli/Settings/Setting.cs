namespace Kafka.Stock.Cli;

/// <summary>One thing that a user can set: by flag, environment or <c>appsettings.json</c>.</summary>
/// <param name="Name">As the flag has it, without the dashes: <c>replay-capacity</c>.</param>
/// <param name="Default">Value when nobody says otherwise, as text; empty for none.</param>
/// <param name="Expected">What is accepted, in words that fit behind "expected".</param>
/// <param name="Help">What it does, with its unit.</param>
/// <param name="Accepts">Whether a text is accepted.</param>
sealed record Setting(string Name, string Default, string Expected, string Help, Func<string, bool> Accepts)
{
    /// <summary>True when it may be given several times; the values are joined by line feeds.</summary>
    public bool Repeatable { get; init; }

    /// <summary>True for what must never be shown or logged.</summary>
    public bool Secret { get; init; }

    /// <summary>As typed on the command line.</summary>
    public string Flag => "--" + Name;

    /// <summary>As named in the environment.</summary>
    public string Variable => "KSTOCK_" + Name.ToUpperInvariant().Replace('-', '_');
}

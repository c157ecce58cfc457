using Spectre.Console;

namespace Kafka.Stock.Cli;

/// <summary>Standard output as a picture can be drawn on it.</summary>
static class Terminal
{
    /// <summary>Columns for lines that nobody's window will wrap.</summary>
    const int FileColumns = 160;

    /// <summary>True when somebody watches.</summary>
    public static bool IsWatched => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>The terminal; plain and wide text where output goes to a file or a pipe.</summary>
    public static IAnsiConsole Open()
    {
        if (!Console.IsOutputRedirected) return AnsiConsole.Console;
        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        plain.Profile.Width = FileColumns;
        return plain;
    }
}

using System.CommandLine;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock completion</c>: a script for the shell; what it offers comes from the command tree itself.</summary>
static class CompletionVerb
{
    const string Bash =
        """
        # kstock completion for bash: source <(kstock completion bash)
        _kstock() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
        """ + " " + """
        -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _kstock kstock ./kstock
        """;

    const string Zsh =
        """
        # kstock completion for zsh: source <(kstock completion zsh)
        _kstock() {
            local -a offers
            offers=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a offers
        }
        compdef _kstock kstock
        """;

    public static Command Build()
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var verb = Verb.Create(
            "completion", "Prints a completion script.\n\nExample:\n  source <(kstock completion bash)", [], async (context, _) =>
            {
                await Console.Out.WriteLineAsync(Script(context.Parse.GetValue(shell)!));
                return ExitCode.Done;
            });
        verb.Add(shell);
        return verb;
    }

    /// <summary>The script for a shell.</summary>
    public static string Script(string shell) => shell == "zsh" ? Zsh : Bash;
}

using System.CommandLine;

namespace Kafka.Stock.Cli;

/// <summary>Files or folders as typed. A misspelt flag isn't taken for one: a name that begins with
/// a dash is typed as <c>./-name</c>.</summary>
static class PathArgument
{
    public static Argument<string[]> Create(string description, ArgumentArity arity)
    {
        var paths = new Argument<string[]>("path") { Description = description, Arity = arity };
        paths.Validators.Add(typed =>
        {
            foreach (var token in typed.Tokens.Where(token => token.Value.StartsWith('-')))
                typed.AddError($"'{token.Value}': found a flag that this verb doesn't have; expected one of --help, or a path");
        });
        return paths;
    }
}

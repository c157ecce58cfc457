namespace Kafka.Stock.Docs.Tests;

/// <summary>Commands of the documents that need nothing but a checkout: they run beside those that need a demo.</summary>
public sealed class LoneCommandTests(Checkout checkout) : IClassFixture<Checkout>
{
    public static TheoryData<string> Commands => [.. DocumentCommand.Tried.Where(one => !one.NeedsDemo).Select(one => one.Text)];

    [SkippableTheory]
    [MemberData(nameof(Commands))]
    public Task A_command_of_a_document_works(string command) => CommandTrial.RunAsync(command, checkout, address: "nowhere:0");
}

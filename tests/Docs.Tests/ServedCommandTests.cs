namespace Kafka.Stock.Docs.Tests;

/// <summary>Commands of the documents that need what a demo serves and leaves; one after the other, for they change it.</summary>
public sealed class ServedCommandTests(RunningDemo demo) : IClassFixture<RunningDemo>
{
    public static TheoryData<string> Commands => [.. DocumentCommand.Tried.Where(one => one.NeedsDemo).Select(one => one.Text)];

    [SkippableTheory]
    [MemberData(nameof(Commands))]
    public Task A_command_of_a_document_works(string command) => CommandTrial.RunAsync(command, demo.Checkout, demo.Address);
}

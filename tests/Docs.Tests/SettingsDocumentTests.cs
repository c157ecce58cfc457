using Kafka.Stock.Cli;
using Kafka.Stock.TestKit;

namespace Kafka.Stock.Docs.Tests;

public sealed class SettingsDocumentTests
{
    /// <summary>Compared whole; what it should be lies beside the test as <c>settings.md.received</c> when it differs.</summary>
    [Fact]
    public void The_document_is_made_from_the_table()
    {
        var made = SettingsDocument.ToMarkdown();
        var path = Repository.PathTo("docs/settings.md");
        if (File.Exists(path) && File.ReadAllText(path) == made) return;
        var received = Path.Combine(AppContext.BaseDirectory, "settings.md.received");
        File.WriteAllText(received, made);
        Assert.Fail($"docs/settings.md: found another text than the table gives; if the change is meant, copy {received} over it");
    }
}

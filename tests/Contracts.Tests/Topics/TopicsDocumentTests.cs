using Kafka.Stock.TestKit;

namespace Kafka.Stock.Contracts.Tests;

public sealed class TopicsDocumentTests
{
    /// <summary>Compared whole; what it should be lies beside it as <c>topics.md.received</c> when it differs.</summary>
    [Fact]
    public void The_document_is_made_from_the_table()
    {
        var made = TopicTable.ToMarkdown(StockTopics.All);
        var path = Repository.PathTo("docs/topics.md");
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (made == approved) return;
        var received = Path.Combine(AppContext.BaseDirectory, "topics.md.received");
        File.WriteAllText(received, made);
        Assert.Fail($"docs/topics.md: found another text than the table gives; if the change is meant, copy {received} over it");
    }

    [Fact]
    public void Names_of_topics_stand_once() =>
        Assert.Equal(StockTopics.All.Count, StockTopics.All.Select(topic => topic.Name).Distinct().Count());
}

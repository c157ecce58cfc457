using Kafka.Stock.TestKit;

namespace Kafka.Stock.Contracts.Tests;

public sealed class FingerprintTests
{
    static readonly string[] s_lines = File.ReadAllLines(Repository.PathTo("schemas/fingerprints.txt"));

    [Theory, MemberData(nameof(RecordCodec.Names), MemberType = typeof(RecordCodec))]
    public void A_schema_changes_only_together_with_its_fingerprint(string name)
    {
        var line = AvroFingerprint.Line(StockSchemas.Get(name));
        Assert.True(s_lines.Contains(line), $"schemas/fingerprints.txt: found no such line; if the change of {name} is meant, add\n{line}");
    }

    [Fact]
    public void Every_line_is_of_a_schema_that_exists_and_stands_once()
    {
        Assert.All(s_lines, line => Assert.Contains(line.Split(' ')[2], StockSchemas.Names));
        Assert.Equal(s_lines.Length, s_lines.Distinct().Count());
    }

    [Fact]
    public void Every_file_of_the_folder_is_carried_under_its_full_name()
    {
        var files = Directory.GetFiles(Repository.PathTo("schemas"), "*.avsc").Select(Path.GetFileNameWithoutExtension).Order();
        Assert.Equal(files, StockSchemas.Names.Order());
        Assert.All(StockSchemas.Names, name => Assert.Equal(name, StockSchemas.Get(name).FullName));
    }

    [Fact]
    public void Every_field_says_what_it_is()
    {
        foreach (var name in StockSchemas.Names)
        {
            Assert.All(RecordsWithin(StockSchemas.Get(name)), record =>
            {
                Assert.NotEmpty(record.Doc);
                Assert.All(record.Fields, field => Assert.True(field.Doc.Length > 0, $"{record.FullName}.{field.Name}: found no doc"));
            });
        }
    }

    [Theory]
    [InlineData("\"null\"", 7195948357588979594L)]
    [InlineData(
        """{"name":"PigValue","type":"record","fields":[{"name":"value","type":["null","int","long","PigValue"]}]}""",
        -1759257747318642341L)]
    public void Crc_is_the_specification_s(string schema, long expected) =>
        Assert.Equal((ulong)expected, AvroFingerprint.Crc64(AvroSchema.Parse(schema)));

    static IEnumerable<AvroSchema> RecordsWithin(AvroSchema schema)
    {
        var inner = schema.Fields.Select(field => field.Schema).Concat(schema.Branches);
        if (schema.Items is not null) inner = inner.Append(schema.Items);
        return inner.SelectMany(RecordsWithin).Concat(schema.Kind == AvroKind.Record ? [schema] : []);
    }
}

using System.Buffers;
using System.Globalization;
using Kafka.Stock.TestKit;
using Xunit.Abstractions;
using static Kafka.Stock.Contracts.AvroCompatibilityMode;

namespace Kafka.Stock.Contracts.Tests;

public sealed class CompatibilityTests(ITestOutputHelper log)
{
    static readonly AvroSchema s_one = Record("""{"name":"a","type":"int"}""");
    static readonly AvroSchema s_added = Record("""{"name":"a","type":"int"},{"name":"b","type":"string","default":""}""");
    static readonly AvroSchema s_needed = Record("""{"name":"a","type":"int"},{"name":"b","type":"string"}""");
    static readonly AvroSchema s_wider = Record("""{"name":"a","type":"long"}""");

    [Fact]
    public void Backward_means_that_the_new_version_reads_the_old_and_forward_the_other_way_round()
    {
        Assert.Empty(AvroCompatibility.Check(s_added, [s_one], Full));
        Assert.Empty(AvroCompatibility.Check(s_wider, [s_one], Backward));
        Assert.Empty(AvroCompatibility.Check(s_one, [s_wider], Forward));
        Assert.Equal((1, false, "/fields/0/type"), Only(AvroCompatibility.Check(s_wider, [s_one], Forward)));
        Assert.Equal((1, true, "/fields/0/type"), Only(AvroCompatibility.Check(s_one, [s_wider], Backward)));
        Assert.Equal((1, true, "/fields/1"), Only(AvroCompatibility.Check(s_needed, [s_one], Full)));
        Assert.Equal((1, false, "/fields/1"), Only(AvroCompatibility.Check(s_one, [s_needed], Full)));
    }

    [Fact]
    public void Only_the_transitive_modes_look_beyond_the_last_version()
    {
        AvroSchema[] versions = [s_one, s_added];
        Assert.Empty(AvroCompatibility.Check(s_needed, versions, Backward));
        Assert.Equal((1, true, "/fields/1"), Only(AvroCompatibility.Check(s_needed, versions, BackwardTransitive)));
        Assert.Empty(AvroCompatibility.Check(s_needed, versions, ForwardTransitive));
        Assert.Equal((1, true, "/fields/1"), Only(AvroCompatibility.Check(s_needed, versions, FullTransitive)));
        Assert.Empty(AvroCompatibility.Check(s_one, [s_needed, s_added], Forward));
        Assert.Equal((1, false, "/fields/1"), Only(AvroCompatibility.Check(s_one, [s_needed, s_added], ForwardTransitive)));
    }

    [Fact]
    public void Without_older_versions_everything_goes() => Assert.Empty(AvroCompatibility.Check(s_one, [], FullTransitive));

    [Fact]
    public void A_conflict_says_who_reads_what_and_where()
    {
        var conflict = Assert.Single(AvroCompatibility.Check(s_wider, [s_one], Full));
        Assert.Equal(
            "version 1 reading the new version: TypeMismatch at /fields/0/type: the writer has long, the reader int",
            conflict.ToString());
        var top = Assert.Single(AvroCompatibility.Check(AvroSchema.Parse("\"int\""), [AvroSchema.Parse("\"long\"")], Backward));
        Assert.Contains("at the top", top.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_published_single_object_is_read_and_written()
    {
        var schema = AvroSchema.Parse(File.ReadAllText(SharedFiles.PathTo("conformance/avro/single-object/test_schema.avsc")));
        var files = Directory.GetFiles(SharedFiles.PathTo("conformance/avro/single-object"), "*.bin");
        foreach (var file in files)
        {
            var message = File.ReadAllBytes(file);
            var json = AvroJson.ToJson(schema, AvroSingleObject.Read(schema, message));
            Assert.Equal("""{"id":42,"name":"Bill","tags":["dog_lover","cat_hater"]}""", json);
            var body = new ArrayBufferWriter<byte>();
            AvroJson.FromJson(schema, json, body);
            var written = new ArrayBufferWriter<byte>();
            AvroSingleObject.Write(schema, body.WrittenSpan, written);
            Assert.Equal(message, written.WrittenSpan.ToArray());
        }

        Assert.NotEmpty(files);
        log.WriteLine($"single-object: {files.Length.ToString(CultureInfo.InvariantCulture)} cases");
    }

    [Fact]
    public void A_single_object_of_another_schema_or_none_is_refused_with_the_offset()
    {
        var schema = AvroSchema.Parse("\"int\"");
        var value = new ArrayBufferWriter<byte>();
        AvroSingleObject.Write(schema, [2], value);
        Assert.Equal("C3018F5C393F1AD5757202", Convert.ToHexString(value.WrittenSpan));
        Assert.Equal([2], AvroSingleObject.Read(schema, value.WrittenSpan).ToArray());
        var other = AvroSchema.Parse("\"long\"");
        Assert.Equal("byte 2", Assert.Throws<RecordDefectException>(() => AvroSingleObject.Read(other, value.WrittenSpan).ToArray()).Where);
        Assert.Equal("byte 0", Assert.Throws<RecordDefectException>(() => AvroSingleObject.Read(schema, [0xC3, 1, 2]).ToArray()).Where);
        Assert.Equal("byte 0", Assert.Throws<RecordDefectException>(() => AvroSingleObject.Read(schema, new byte[20]).ToArray()).Where);
    }

    static (int Version, bool IsBackward, string Path) Only(IReadOnlyList<AvroConflict> conflicts)
    {
        var conflict = Assert.Single(conflicts);
        return (conflict.Version, conflict.IsBackward, conflict.What.Path);
    }

    static AvroSchema Record(string fields) => AvroSchema.Parse("""{"type":"record","name":"R","fields":[""" + fields + "]}");
}

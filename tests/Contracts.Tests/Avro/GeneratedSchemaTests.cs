using System.Buffers;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Properties of any schema and value. Each case is a number, printed when it fails: the seed of all that it makes.</summary>
public sealed class GeneratedSchemaTests(ITestOutputHelper log)
{
    const ulong Replay = 83;

    [Fact]
    public void A_value_of_any_schema_comes_back_from_its_bytes_and_from_its_canonical_schema() => ForAll(3_000, seed =>
    {
        var made = new GeneratedSchemas(seed);
        var schema = AvroSchema.Parse(made.Schema().ToJsonString());
        var value = made.Value(schema);
        var body = Encode(schema, value);
        var json = AvroJson.ToJson(schema, body);
        Assert.Equal(body, Encode(schema, JsonNode.Parse(json)));
        Assert.Equal(value?.ToJsonString() ?? "null", JsonNode.Parse(json)?.ToJsonString() ?? "null");
        var canonical = AvroSchema.Parse(schema.CanonicalForm);
        Assert.Equal(schema.CanonicalForm, canonical.CanonicalForm);
        Assert.Equal(json, AvroJson.ToJson(canonical, body));
        Assert.Empty(AvroResolution.Compile(schema, canonical).Incompatibilities);
    });

    [Fact]
    public void Resolution_agrees_with_a_naive_reading_of_the_specification()
    {
        var (compared, compatible, refused) = (0, 0, 0);
        ForAll(6_000, seed =>
        {
            var made = new GeneratedSchemas(seed);
            var text = made.Schema();
            var writer = AvroSchema.Parse(text.ToJsonString());
            if (TryParse(made.Evolve(text)!.ToJsonString()) is not { } reader) return;
            var resolution = AvroResolution.Compile(writer, reader);
            var isCompatible = NaiveResolution.IsCompatible(writer, reader);
            Assert.Equal(isCompatible, resolution.Incompatibilities.Count == 0);
            if (isCompatible) compatible++;
            for (var i = 0; i < 3; i++)
            {
                var value = made.Value(writer);
                compared++;
                if (!Agree(resolution, writer, reader, value)) refused++;
            }
        });
        log.WriteLine($"{compared} values compared, {refused} refused by both; {compatible} pairs compatible");
        Assert.True(compared > 10_000 && refused > 500 && compatible > 1_000, "one of the counts is too small to mean anything");
    }

    [Fact]
    public void Mutated_bodies_of_any_schema_give_a_value_or_a_typed_error() => ForAll(3_000, seed =>
    {
        var made = new GeneratedSchemas(seed);
        var schema = AvroSchema.Parse(made.Schema().ToJsonString());
        var body = Encode(schema, made.Value(schema));
        var chance = new SplitMix(seed);
        for (var i = 0; i < 5; i++)
        {
            try
            {
                AvroJson.ToJson(schema, Hostility.Mutate(body, chance));
            }
            catch (RecordDefectException e)
            {
                Assert.StartsWith("byte ", e.Where);
            }
        }
    });

    [Fact]
    public void Mutated_texts_of_schemas_give_a_schema_or_a_typed_error_with_the_path()
    {
        var (valid, all) = (0, 0);
        ForAll(2_500, seed =>
        {
            var chance = new SplitMix(seed);
            var text = chance.Below(4) == 0
                ? StockSchemas.Text(StockSchemas.Names[chance.Below(StockSchemas.Names.Count)])
                : new GeneratedSchemas(seed).Schema().ToJsonString();
            for (var i = 0; i < 8; i++)
            {
                all++;
                if (TryParse(Hostility.MutateJson(text, chance)) is not { } schema) continue;
                valid++;
                Assert.Equal(schema.CanonicalForm, AvroSchema.Parse(schema.CanonicalForm).CanonicalForm);
                Assert.Empty(AvroResolution.Compile(schema, schema).Incompatibilities);
            }
        });
        log.WriteLine($"{all} mutated schemas, {valid} of them valid");
        Assert.InRange(valid, 100, all - 100);
    }

    static bool Agree(AvroResolution resolution, AvroSchema writer, AvroSchema reader, JsonNode? value)
    {
        var body = Encode(writer, value);
        byte[] expected;
        try
        {
            expected = Encode(reader, NaiveResolution.Read(writer, reader, value));
        }
        catch (InvalidDataException)
        {
            Assert.Throws<RecordDefectException>(() => resolution.Transcode(body, new ArrayBufferWriter<byte>()));
            return false;
        }

        var output = new ArrayBufferWriter<byte>();
        resolution.Transcode(body, output);
        Assert.Equal(expected, output.WrittenSpan.ToArray());
        return true;
    }

    static AvroSchema? TryParse(string text)
    {
        try
        {
            return AvroSchema.Parse(text);
        }
        catch (BrokenInputException e)
        {
            Assert.StartsWith("$", e.Where);
            return null;
        }
    }

    static byte[] Encode(AvroSchema schema, JsonNode? value)
    {
        var output = new ArrayBufferWriter<byte>();
        AvroJson.FromJson(schema, value?.ToJsonString() ?? "null", output);
        return output.WrittenSpan.ToArray();
    }

    void ForAll(int count, Action<ulong> check)
    {
        log.WriteLine($"seed {Replay}, {count} cases");
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check((ulong)seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(Replay, 1));
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Kafka.Stock.Contracts.Tests;

public sealed class ConformanceTests(ITestOutputHelper log)
{
    [SkippableFact]
    public void Canonical_forms_and_their_crc() => Report("canonical.json", item =>
    {
        var schema = AvroSchema.Parse((string)item["input"]!);
        Assert.Equal((string)item["canonical"]!, schema.CanonicalForm);
        Assert.Equal(long.Parse((string)item["crc64_signed"]!, CultureInfo.InvariantCulture), (long)AvroFingerprint.Crc64(schema));
    });

    /// <summary>One published form (of the Python implementation's own tests) defines a fixed twice, where the schema itself has its name
    /// the second time, and the specification's steps put no definition in a name's place: such a form is no schema. What is owed by the
    /// file is compared with the published text then, and our form with that text once the second definition is its name.</summary>
    [SkippableFact]
    public void Fingerprints()
    {
        var byText = 0;
        Report("fingerprints.json", item =>
        {
            var schema = AvroSchema.Parse((string)item["schema_text"]!);
            var published = Encoding.UTF8.GetBytes((string)item["canonical"]!);
            var crc = new byte[sizeof(ulong)];
            if (IsSchema((string)item["canonical"]!))
            {
                BinaryPrimitives.WriteUInt64LittleEndian(crc, AvroFingerprint.Crc64(schema));
                Assert.Equal((string)item["sha256_hex"]!, AvroFingerprint.Sha256(schema));
                Assert.Equal((string)item["md5_hex"]!, AvroFingerprint.Md5(schema));
            }
            else
            {
                byText++;
                BinaryPrimitives.WriteUInt64LittleEndian(crc, AvroFingerprint.Crc64(published));
                Assert.Equal((string)item["sha256_hex"]!, Convert.ToHexStringLower(SHA256.HashData(published)));
            }

            Assert.Equal((string)item["crc64_le_hex"]!, Convert.ToHexStringLower(crc));
            Assert.Equal(NamedOnce(JsonNode.Parse(published), [])!.ToJsonString(), schema.CanonicalForm);
        });
        Assert.Equal(1, byText);
    }

    [SkippableFact]
    public void Schemas_valid_and_not() => Report("schemas.json", item =>
    {
        var text = (string)item["schema_text"]!;
        if ((bool)item["valid"]!)
        {
            Assert.Equal(AvroSchema.Parse(text).CanonicalForm, AvroSchema.Parse(AvroSchema.Parse(text).CanonicalForm).CanonicalForm);
        }

        else Assert.StartsWith("$", Assert.Throws<BrokenInputException>(() => AvroSchema.Parse(text)).Where);
    });

    [SkippableFact]
    public void Encodings_both_ways() => Report("encodings.json", item =>
    {
        var schema = AvroSchema.Parse(item["schema"]!.ToJsonString());
        var output = new ArrayBufferWriter<byte>();
        AvroJson.FromJson(schema, item["value"]?.ToJsonString() ?? "null", output);
        Assert.Equal((string)item["bytes_hex"]!, Convert.ToHexStringLower(output.WrittenSpan));
        var back = JsonNode.Parse(AvroJson.ToJson(schema, output.WrittenSpan));
        Assert.True(JsonNode.DeepEquals(item["value"], back), $"found {back?.ToJsonString()}; expected {item["value"]?.ToJsonString()}");
    });

    /// <summary>A schema with each definition but the first as its name.</summary>
    static JsonNode? NamedOnce(JsonNode? schema, HashSet<string> seen) => schema switch
    {
        JsonArray branches => new JsonArray([.. branches.Select(branch => NamedOnce(branch, seen))]),
        JsonObject type when type["size"] is not null && !seen.Add((string)type["name"]!) => (string)type["name"]!,
        JsonObject type => new JsonObject(type.Select(each => KeyValuePair.Create(each.Key, NamedOnce(each.Value, seen)))),
        _ => schema?.DeepClone(),
    };

    static bool IsSchema(string text)
    {
        try
        {
            AvroSchema.Parse(text);
            return true;
        }
        catch (BrokenInputException)
        {
            return false;
        }
    }

    void Report(string file, Action<JsonNode> check) => log.WriteLine($"{file}: {Conformance.Each(file, check)} cases");
}

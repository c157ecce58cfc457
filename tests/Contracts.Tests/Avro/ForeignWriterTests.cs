using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Kafka.Stock.TestKit;
using Xunit.Abstractions;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>What python3-avro writes in our schemas is read here; the other way round is tested over a demo's topics.</summary>
public sealed class ForeignWriterTests(ITestOutputHelper log) : IDisposable
{
    const int Values = 20;
    const string Python = "/usr/bin/python3";

    readonly string _folder = Directory.CreateTempSubdirectory("kstock-foreign-").FullName;

    [SkippableFact]
    public void Values_that_python3_avro_writes_are_read_by_schema_and_by_the_records_own_code()
    {
        Skip.IfNot(Run("-c", "import avro.io") is not null, "python3-avro isn't installed (apt-get install python3-avro)");
        var values = StockSchemas.Names.ToDictionary(
            name => name, name => Gen.Sample(SchemaValues.Of(StockSchemas.Get(name)), 20, Values).ToArray());
        var groups = values.Select(group => new JsonObject
        {
            ["schema"] = group.Key,
            ["values"] = new JsonArray([.. group.Value.Select(value => JsonNode.Parse(value))]),
        });
        File.WriteAllText(PathTo("values.json"), new JsonArray([.. groups]).ToJsonString());
        var script = Repository.PathTo("tests/Contracts.Tests/Avro/write_values.py");
        var told = Run(script, Repository.PathTo("schemas"), PathTo("values.json"), _folder)
            ?? throw new InvalidOperationException("it failed");
        foreach (var (name, expected) in values)
        {
            Assert.Equal(expected.Select(Parsed), Lines(name, ".bin"));
            Assert.Equal(expected.Select(Parsed), Lines(name, ".avro"));
            var (bytes, codec, names) = (File.ReadAllBytes(PathTo(name + ".bin")), RecordCodec.Get(name), 0);
            for (var at = 0; at < bytes.Length; names++)
            {
                var reader = new AvroReader(bytes.AsSpan(at));
                AvroJson.Next(StockSchemas.Get(name), ref reader);
                var body = bytes[at..(at + reader.Offset)];
                Assert.Equal(body, codec.Write(codec.Read(body)));
                at += reader.Offset;
            }

            Assert.Equal(Values, names);
        }

        log.WriteLine($"python3-avro wrote {values.Count} schemas, {Values} values each: read equal as bodies and as containers");
        CompareCanonicalForms(told);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Its form of a schema that names a type twice has the definition twice: no schema, and nothing to compare with.</summary>
    void CompareCanonicalForms(string told)
    {
        var lines = File.ReadAllLines(Repository.PathTo("schemas/fingerprints.txt"));
        var compared = 0;
        foreach (var line in told.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, form) = (line.Split(' ')[0], line.Split(' ', 3)[2]);
            if (!IsSchema(form)) continue;
            compared++;
            var crc = AvroFingerprint.Crc64(System.Text.Encoding.UTF8.GetBytes(form));
            Assert.Contains(lines, each => each.StartsWith(crc.ToString("x16", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                && each.EndsWith(' ' + name, StringComparison.Ordinal));
        }

        log.WriteLine($"python3-avro has {compared} canonical forms of schemas/fingerprints.txt alike");
        Assert.InRange(compared, 8, StockSchemas.Names.Count);
    }

    List<string> Lines(string name, string ending)
    {
        using var stream = File.OpenRead(PathTo(name + ending));
        return AvroFile.ReadLines(name, stream, StockSchemas.Get(name)).Select(Parsed).ToList();
    }

    static string Parsed(string json) => JsonNode.Parse(json)!.ToJsonString();

    static bool IsSchema(string text)
    {
        try
        {
            return AvroSchema.Parse(text).Kind == AvroKind.Record;
        }
        catch (BrokenInputException)
        {
            return false;
        }
    }

    string PathTo(string file) => Path.Combine(_folder, file);

    static string? Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

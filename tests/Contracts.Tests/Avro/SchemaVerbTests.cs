using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Kafka.Stock.Contracts.Tests;

/// <summary><c>kstock schema</c> by its exit codes and output: the program's own entry point, mostly within this process.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class SchemaVerbTests(ITestOutputHelper log) : IDisposable
{
    static readonly MethodInfo s_entryPoint = Assembly.Load("kstock").EntryPoint!;

    readonly string _folder = Directory.CreateTempSubdirectory("kstock-schema-").FullName;

    [SkippableFact]
    public void Check_exits_as_the_published_pairs_say()
    {
        var count = Conformance.Each("pairs.json", item =>
        {
            var (code, output) = Run("check", "--reader", File("R", item["reader"]), "--writer", File("W", item["writer"]), "--json");
            var (isCompatible, result) = ((bool)item["compatible"]!, JsonNode.Parse(output)!);
            Assert.Equal(isCompatible ? 0 : 3, code);
            Assert.Equal(isCompatible, (bool)result["compatible"]!);
            Assert.Equal(isCompatible, result["incompatibilities"]!.AsArray().Count == 0);
            Assert.All(result["incompatibilities"]!.AsArray(), one => Assert.NotEmpty((string)one!["message"]!));
        });
        log.WriteLine($"pairs.json by kstock schema check: {count} cases");
    }

    [Theory]
    [InlineData("\"long\"", "\"int\"", 0)]
    [InlineData("\"int\"", "\"long\"", 3)]
    [InlineData("\"int\"", "\"nothing\"", 4)]
    public async Task A_process_of_its_own_exits_alike(string reader, string writer, int expected)
    {
        string[] arguments = ["schema", "check", "--reader", File("R", reader), "--writer", File("W", writer)];
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [Path.Combine(AppContext.BaseDirectory, "kstock.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(expected, process.ExitCode);
        Assert.Equal(expected == 4, (await error).Contains("W.avsc: $: found 'nothing'", StringComparison.Ordinal));
        Assert.Equal(expected == 0, output.Contains("compatible", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_schema_exits_4_and_what_is_not_there_2()
    {
        var valid = File("R", "\"int\"");
        Assert.Equal(4, Run("check", "--reader", valid, "--writer", File("W", "{")).Code);
        Assert.Equal(4, Run("show", File("W", new string('[', 5 << 20))).Code);
        Assert.Equal(2, Run("check", "--reader", valid, "--writer", Path.Combine(_folder, "none.avsc")).Code);
        Assert.Equal(2, Run("check", "--reader", valid).Code);
        var bad = Path.Combine(_folder, "bad.avsc");
        System.IO.File.WriteAllBytes(bad, [0x22, 0xC0, 0x80, 0x22]);
        Assert.Equal(4, Run("canonical", bad).Code);
    }

    [Fact]
    public void Modes_take_several_versions()
    {
        const string Head = """{"type":"record","name":"R","fields":[""";
        var one = File("1", Head + "]}");
        var two = File("2", Head + """{"name":"a","type":"int","default":1}]}""");
        var three = File("3", Head + """{"name":"a","type":"int"}]}""");
        Assert.Equal(0, Run("check", "--reader", three, "--writer", one, "--writer", two).Code);
        var (code, output) = Run("check", "--reader", three, "--writer", one, "--writer", two, "--mode", "FullTransitive");
        Assert.Equal(3, code);
        const string Conflict = "the new version reading version 1: ReaderFieldMissingDefaultValue at /fields/0";
        Assert.StartsWith(Conflict, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_is_shown_by_file_or_name()
    {
        Assert.Equal("\"int\"\n", Run("canonical", File("R", """{"type":"int","logicalType":"date"}""")).Output);
        Assert.Equal(
            "crc-64-avro 7275d51a3f395c8f\nmd5         ef524ea1b91e73173d938ade36c1db32\n"
                + "sha-256     3f2b87a9fe7cc9b13835598c3981cd45e3e355309e5090aa0933d7becb6fba45\n",
            Run("fingerprint", File("R", "\"int\"")).Output);
        var shown = Run("show", "kafka.stock.Tick").Output;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(StockSchemas.Text("kafka.stock.Tick")), JsonNode.Parse(shown)));
    }

    [Fact]
    public void Files_of_every_form_are_decoded_to_lines()
    {
        var schema = File("S", """{"type":"record","name":"R","fields":[{"name":"a","type":"string"}]}""");
        var bodies = Bytes("bodies", [2, 0x41, 0, 2, 0x42]);
        const string Lines = "{\"a\":\"A\"}\n{\"a\":\"\"}\n{\"a\":\"B\"}\n";
        Assert.Equal((0, Lines), Run("decode", "--schema", schema, bodies));
        var parsed = AvroSchema.Parse(System.IO.File.ReadAllText(schema));
        var objects = new System.Buffers.ArrayBufferWriter<byte>();
        byte[][] values = [[2, 0x41], [0], [2, 0x42]];
        foreach (var value in values) AvroSingleObject.Write(parsed, value, objects);
        Assert.Equal((0, Lines), Run("decode", "--schema", schema, Bytes("objects", objects.WrittenSpan.ToArray())));
        using var file = new MemoryStream();
        var writer = new AvroContainerWriter(file, System.IO.File.ReadAllText(schema));
        foreach (var value in values) writer.Append(value);
        writer.Flush();
        var container = Bytes("container", file.ToArray());
        Assert.Equal((0, Lines), Run("decode", container));
        var wider = File("T", """
            {"type":"record","name":"R","fields":[{"name":"b","type":"int","default":7},{"name":"a","type":"bytes"}]}
            """);
        Assert.StartsWith("""{"b":7,"a":"A"}""", Run("decode", "--schema", wider, container).Output, StringComparison.Ordinal);
        Assert.Equal(4, Run("decode", bodies).Code);
        byte[] nulls = [0xA0, 0x8D, 0x06, 0]; // 50,000 of them
        var empties = File("L", """{"type":"array","items":"null"}""");
        Assert.Equal(0, Run("decode", "--schema", empties, Bytes("two", [.. nulls, .. nulls])).Code);
        Assert.Equal(4, Run("decode", "--schema", empties, Bytes("three", [.. nulls, .. nulls, .. nulls])).Code);
        Assert.Equal(4, Run("decode", "--schema", schema, Bytes("cut", [2, 0x41, 4, 0x41])).Code);
        Assert.Equal(4, Run("decode", "--schema", File("N", "\"null\""), bodies).Code);
        Assert.Equal(4, Run("decode", Bytes("broken", file.ToArray()[..^3])).Code);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>As <c>Main</c>: output is told apart from that of others by its own writer.</summary>
    static (int Code, string Output) Run(params string[] arguments)
    {
        var (standard, output) = (Console.Out, new StringWriter { NewLine = "\n" });
        Console.SetOut(output);
        try
        {
            return ((int)s_entryPoint.Invoke(null, [new[] { "schema" }.Concat(arguments).ToArray()])!, output.ToString());
        }
        finally
        {
            Console.SetOut(standard);
        }
    }

    string File(string name, JsonNode? schema) => File(name, schema!.ToJsonString());

    string File(string name, string text)
    {
        var path = Path.Combine(_folder, name + ".avsc");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    string Bytes(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name + ".bin");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}

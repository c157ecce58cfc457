using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary><c>kstock schema</c>: what Avro schemas are, whether they go together, and what a file holds that was written with
/// one.</summary>
static class SchemaVerb
{
    const string FileOrName = "An .avsc file, or the full name of one of our schemas.";

    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Command Build()
    {
        var schema = new Command(
            "schema",
            """
            Avro schemas: check whether one reads what another wrote, show them, decode files.

            Examples:
              kstock schema check --reader new.avsc --writer old.avsc
              kstock schema show kafka.stock.Tick
              kstock schema decode --schema S.avsc records.bin
            """);
        schema.Add(Check());
        schema.Add(Decode());
        schema.Add(Print("show", "The schema as indented JSON.", (_, text) => Indented(text)));
        schema.Add(Print("canonical", "Parsing Canonical Form, one line.", (parsed, _) => parsed.CanonicalForm));
        schema.Add(Print("fingerprint", "CRC-64-AVRO, MD5 and SHA-256 of the canonical form, hex.", (parsed, _) => Fingerprints(parsed)));
        return schema;
    }

    static Verb Check()
    {
        var reader = new Option<string>("--reader") { Description = $"The schema that reads. {FileOrName}", Required = true };
        var writer = new Option<string[]>("--writer")
        {
            Description = $"The schema that wrote; several versions for --mode, oldest first. {FileOrName}",
            Required = true,
        };
        var mode = new Option<AvroCompatibilityMode>("--mode")
        {
            Description = "What --reader as the new version owes to the versions --writer.",
            DefaultValueFactory = _ => AvroCompatibilityMode.Backward,
        };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var verb = Verb.Create(
            "check",
            """
            Says whether a reader's schema reads all that a writer's allows: exit code 0 when it does, 3 when not,
            4 when one isn't a schema.

            Examples:
              kstock schema check --reader new.avsc --writer old.avsc --json
              kstock schema check --reader v3.avsc --writer v1.avsc --writer v2.avsc --mode FullTransitive
            """,
            [],
            async (context, _) =>
            {
                var next = Load(context.Parse.GetValue(reader)!).Schema;
                AvroSchema[] versions = [.. context.Parse.GetValue(writer)!.Select(version => Load(version).Schema)];
                var conflicts = AvroCompatibility.Check(next, versions, context.Parse.GetValue(mode));
                await Console.Out.WriteLineAsync(context.Parse.GetValue(json) ? ToJson(conflicts) : InWords(conflicts));
                return conflicts.Count == 0 ? ExitCode.Done : ExitCode.Refused;
            });
        verb.Add(reader);
        verb.Add(writer);
        verb.Add(mode);
        verb.Add(json);
        return verb;
    }

    static Verb Decode()
    {
        var schema = new Option<string>("--schema")
        {
            Description = $"What the values were written with; a container file says that itself and is read as this one. {FileOrName}",
        };
        var file = new Argument<string>("file") { Description = "A container file, single-object values, or bare bodies in a row." };
        var verb = Verb.Create(
            "decode",
            """
            Prints every value of a file as a line of JSON (Avro's JSON encoding).

            Examples:
              kstock schema decode weather.avro
              kstock schema decode --schema kafka.stock.Tick ticks.bin
            """,
            [],
            async (context, cancellation) =>
            {
                var given = context.Parse.GetValue(schema);
                var path = Existing(context.Parse.GetValue(file)!);
                using var stream = File.OpenRead(path);
                var parsed = given is null ? null : Load(given).Schema;
                foreach (var line in AvroFile.ReadLines(path, stream, parsed))
                {
                    cancellation.ThrowIfCancellationRequested();
                    await Console.Out.WriteLineAsync(line);
                }

                return ExitCode.Done;
            });
        verb.Add(schema);
        verb.Add(file);
        return verb;
    }

    static Verb Print(string name, string description, Func<AvroSchema, string, string> print)
    {
        var schema = new Argument<string>("schema") { Description = FileOrName };
        var verb = Verb.Create(
            name,
            $"{description}\n\nExample:\n  kstock schema {name} kafka.stock.Tick",
            [],
            async (context, _) =>
            {
                var (parsed, text) = Load(context.Parse.GetValue(schema)!);
                await Console.Out.WriteLineAsync(print(parsed, text));
                return ExitCode.Done;
            });
        verb.Add(schema);
        return verb;
    }

    /// <summary>A schema by its file, or by the full name of one of ours.</summary>
    /// <exception cref="BrokenInputException">It isn't a schema; file and path are named.</exception>
    internal static (AvroSchema Schema, string Text) Load(string fileOrName)
    {
        if (!File.Exists(fileOrName) && StockSchemas.Names.Contains(fileOrName))
        {
            return (StockSchemas.Get(fileOrName), StockSchemas.Text(fileOrName));
        }

        try
        {
            var text = Text(Existing(fileOrName));
            return (AvroSchema.Parse(text), text);
        }
        catch (BrokenInputException e)
        {
            throw new BrokenInputException($"{fileOrName}: {e.Where}", e.Found, e.Expected, e);
        }
    }

    static string Text(string path)
    {
        var length = new FileInfo(path).Length;
        if (length > AvroSchema.MaxTextBytes) throw new BrokenInputException("$", $"{length} bytes", $"at most {AvroSchema.MaxTextBytes}");
        try
        {
            return s_strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new BrokenInputException("$", "bytes that aren't UTF-8", "JSON", e);
        }
    }

    static string Existing(string path) => File.Exists(path)
        ? path
        : throw new UsageException([$"{path}: found no such file; expected a file, or one of kafka.stock.* where a schema is asked for"]);

    static string Indented(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1_000 });
        return Write(json => document.RootElement.WriteTo(json), isIndented: true);
    }

    static string Fingerprints(AvroSchema schema) => string.Join(
        '\n',
        string.Create(CultureInfo.InvariantCulture, $"crc-64-avro {AvroFingerprint.Crc64(schema):x16}"),
        $"md5         {AvroFingerprint.Md5(schema)}",
        $"sha-256     {AvroFingerprint.Sha256(schema)}");

    static string InWords(IReadOnlyList<AvroConflict> conflicts) =>
        conflicts.Count == 0 ? "compatible" : string.Join('\n', conflicts.Select(conflict => conflict.ToString()));

    static string ToJson(IReadOnlyList<AvroConflict> conflicts) => Write(
        json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("compatible", conflicts.Count == 0);
            json.WriteStartArray("incompatibilities");
            foreach (var conflict in conflicts)
            {
                json.WriteStartObject();
                json.WriteNumber("version", conflict.Version);
                json.WriteString("direction", conflict.IsBackward ? "backward" : "forward");
                json.WriteString("kind", JsonNamingPolicy.SnakeCaseUpper.ConvertName(conflict.What.Kind.ToString()));
                json.WriteString("path", conflict.What.Path);
                json.WriteString("message", conflict.What.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        },
        isIndented: false);

    static string Write(Action<Utf8JsonWriter> write, bool isIndented)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Indented = isIndented,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var json = new Utf8JsonWriter(buffer, options)) write(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Cli;

/// <summary>Other implementations of Avro on the same tick, each in a process of its own: values a second, NaN where one isn't
/// there. Logical types are left out, so that nobody pays for decimals and dates.</summary>
static class ForeignCodecs
{
    const int PatienceMs = 120_000;

    const string PythonScript = """
        import io, sys, time
        import avro.io, avro.schema
        schema = avro.schema.parse(sys.argv[1])
        body = bytes.fromhex(sys.argv[2])
        reader, writer, count = avro.io.DatumReader(schema), avro.io.DatumWriter(schema), 2000
        value = reader.read(avro.io.BinaryDecoder(io.BytesIO(body)))
        def best(run):
            least = 1e9
            for _ in range(5):
                start = time.perf_counter()
                for _ in range(count):
                    run()
                least = min(least, time.perf_counter() - start)
            return count / least
        print(best(lambda: reader.read(avro.io.BinaryDecoder(io.BytesIO(body)))))
        print(best(lambda: writer.write(value, avro.io.BinaryEncoder(io.BytesIO()))))
        """;

    const string NodeScript = """
        const avsc = require(process.argv[1] + '/node_modules/avsc');
        const type = avsc.Type.forSchema(JSON.parse(process.argv[2]));
        const body = Buffer.from(process.argv[3], 'hex');
        const value = type.fromBuffer(body);
        if (!type.toBuffer(value).equals(body)) throw new Error('other bytes');
        const count = 100000;
        function best(run) {
          let least = Infinity;
          for (let round = 0; round < 8; round++) {
            const start = process.hrtime.bigint();
            for (let i = 0; i < count; i++) run();
            least = Math.min(least, Number(process.hrtime.bigint() - start) / 1e9);
          }
          return count / least;
        }
        console.log(best(() => type.fromBuffer(body)));
        console.log(best(() => type.toBuffer(value)));
        """;

    static string Schema => StockSchemas.Text(Tick.SchemaName).Replace("\"logicalType\"", "\"meaning\"", StringComparison.Ordinal);

    /// <summary>Debian's python3-avro.</summary>
    public static (double Decode, double Encode) Python(byte[] body)
    {
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        return Figures(Run(Path.GetTempPath(), python, "-c", PythonScript, Schema, Convert.ToHexString(body)));
    }

    /// <summary>The package avsc, which npm puts into a scratch folder first.</summary>
    public static (double Decode, double Encode) Avsc(byte[] body)
    {
        var folder = Directory.CreateTempSubdirectory("kstock-bench-").FullName;
        try
        {
            string[] install = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "avsc@5.7.7"];
            if (Run(folder, "npm", install) is null) return (double.NaN, double.NaN);
            return Figures(Run(folder, "node", "-e", NodeScript, folder, Schema, Convert.ToHexString(body)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static (double Decode, double Encode) Figures(string? output)
    {
        var lines = (output ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 2
            ? (double.Parse(lines[0], CultureInfo.InvariantCulture), double.Parse(lines[1], CultureInfo.InvariantCulture))
            : (double.NaN, double.NaN);
    }

    /// <summary>What a program prints; null when it isn't there, fails or takes too long.</summary>
    static string? Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(PatienceMs))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            Task.WaitAll(output, error);
            return process.ExitCode == 0 ? output.Result : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

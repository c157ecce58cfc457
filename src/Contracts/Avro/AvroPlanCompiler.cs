using System.Globalization;
using Op = Kafka.Stock.Contracts.AvroPlanStep.Op;

namespace Kafka.Stock.Contracts;

/// <summary>Compiles the plan of a pair of schemas. What the reader can't read becomes a step that refuses, so that the plan itself says
/// whether the pair is compatible: it is when no step of it refuses.</summary>
sealed class AvroPlanCompiler
{
    /// <summary>The most pairs of types: two unions have as many as their branches multiplied.</summary>
    const int MaxPairs = 100_000;

    readonly Dictionary<(AvroSchema Writer, AvroSchema Reader), AvroPlanStep> _pairs = [];

    /// <summary>The step that reads a value of the writer as one of the reader.</summary>
    public static AvroPlanStep Compile(AvroSchema writer, AvroSchema reader) => new AvroPlanCompiler().Step(writer, reader, "");

    /// <summary>Every refusal that a value could meet, in the order of the schema.</summary>
    public static IReadOnlyList<AvroIncompatibility> Refusals(AvroPlanStep plan)
    {
        var found = new List<AvroIncompatibility>();
        var seen = new HashSet<AvroPlanStep>(ReferenceEqualityComparer.Instance);
        Collect(plan, found, seen);
        return found;
    }

    static void Collect(AvroPlanStep step, List<AvroIncompatibility> found, HashSet<AvroPlanStep> seen)
    {
        if (!seen.Add(step)) return;
        if (step.Refusal is not null)
        {
            found.Add(step.Refusal);
            return;
        }

        if (step.Inner is not null) Collect(step.Inner, found, seen);
        foreach (var inner in step.Steps) Collect(inner, found, seen);
    }

    AvroPlanStep Step(AvroSchema writer, AvroSchema reader, string path)
    {
        if (_pairs.TryGetValue((writer, reader), out var known)) return known;
        if (_pairs.Count >= MaxPairs) throw new RefusedException(path, "a bigger pair of schemas", $"at most {MaxPairs} pairs of types");
        var step = new AvroPlanStep(Op.Null);
        _pairs.Add((writer, reader), step);
        if (writer.Kind == AvroKind.Union) FillUnion(step, writer, reader, path);
        else if (reader.Kind == AvroKind.Union) FillWrap(step, writer, reader, path);
        else if (writer.Kind == reader.Kind) FillSame(step, writer, reader, path);
        else if (Promotion(writer.Kind, reader.Kind) is { } promotion) step.Code = promotion;
        else Refuse(step, AvroIncompatibilityKind.TypeMismatch, path, $"the writer has {writer.FullName}, the reader {reader.FullName}");
        return step;
    }

    /// <summary>What a writer's type becomes as another type of the reader; null when it can't.</summary>
    static Op? Promotion(AvroKind writer, AvroKind reader) => (writer, reader) switch
    {
        (AvroKind.Int, AvroKind.Long) => Op.Int,
        (AvroKind.Int or AvroKind.Long, AvroKind.Float) => Op.ToFloat,
        (AvroKind.Int or AvroKind.Long, AvroKind.Double) => Op.ToDouble,
        (AvroKind.Float, AvroKind.Double) => Op.FloatToDouble,
        (AvroKind.String, AvroKind.Bytes) or (AvroKind.Bytes, AvroKind.String) => Op.Text,
        _ => null,
    };

    void FillUnion(AvroPlanStep step, AvroSchema writer, AvroSchema reader, string path)
    {
        step.Code = Op.Union;
        step.Steps = [.. writer.Branches.Select((branch, i) => Step(branch, reader, $"{path}/{i.ToString(CultureInfo.InvariantCulture)}"))];
    }

    void FillWrap(AvroPlanStep step, AvroSchema writer, AvroSchema reader, string path)
    {
        var candidates = Enumerable.Range(0, reader.Branches.Count)
            .Select(i => (Index: i, Rank: Rank(writer, reader.Branches[i])))
            .Where(candidate => candidate.Rank > 0)
            .OrderByDescending(candidate => candidate.Rank)
            .ThenBy(candidate => candidate.Index)
            .Select(candidate => (candidate.Index, Step: Step(writer, reader.Branches[candidate.Index], path)))
            .ToArray();
        var best = Array.FindIndex(candidates, candidate => Refusals(candidate.Step).Count == 0);
        if (best < 0)
        {
            var message = $"the writer has {writer.FullName}, the reader's union no branch that reads all of it";
            Refuse(step, AvroIncompatibilityKind.MissingUnionBranch, path, message);
            if (candidates.Length == 0) return;
            best = 0; // some of its values may be read all the same
        }

        step.Code = Op.Wrap;
        step.Number = candidates[best].Index;
        step.Inner = candidates[best].Step;
    }

    /// <summary>How well a branch of the reader's union fits, seen from its top: 3 same full name, 2 unqualified, 1 promoted, 0
    /// not at all.</summary>
    static int Rank(AvroSchema writer, AvroSchema reader)
    {
        if (writer.Kind != reader.Kind) return Promotion(writer.Kind, reader.Kind) is null ? 0 : 1;
        if (writer.FullName == reader.FullName) return 3;
        return NamesMatch(writer, reader) ? 2 : 0;
    }

    static bool NamesMatch(AvroSchema writer, AvroSchema reader) =>
        !writer.IsNamed || writer.Name == reader.Name || reader.Aliases.Any(alias => alias == writer.FullName || alias == writer.Name);

    void FillSame(AvroPlanStep step, AvroSchema writer, AvroSchema reader, string path)
    {
        if (!NamesMatch(writer, reader))
        {
            var names = $"the writer has {writer.FullName}, the reader {reader.FullName}";
            Refuse(step, AvroIncompatibilityKind.NameMismatch, $"{path}/name", names);
            return;
        }

        switch (writer.Kind)
        {
            case AvroKind.Record: FillRecord(step, writer, reader, path); break;
            case AvroKind.Enum: FillEnum(step, writer, reader, path); break;
            case AvroKind.Array:
            case AvroKind.Map:
                step.Code = writer.Kind == AvroKind.Array ? Op.Array : Op.Map;
                step.Number = writer.Items!.MinBytes + (writer.Kind == AvroKind.Map ? 1 : 0);
                step.Inner = Step(writer.Items, reader.Items!, writer.Kind == AvroKind.Array ? $"{path}/items" : $"{path}/values");
                break;
            case AvroKind.Fixed when writer.Size != reader.Size:
                var sizes = $"the writer has {writer.Size} bytes, the reader {reader.Size}";
                Refuse(step, AvroIncompatibilityKind.FixedSizeMismatch, $"{path}/size", sizes);
                break;
            case AvroKind.Fixed or AvroKind.Bytes when IsOtherDecimal(writer, reader):
                var digits = $"the writer has ({writer.Precision},{writer.Scale}) digits, the reader ({reader.Precision},{reader.Scale})";
                Refuse(step, AvroIncompatibilityKind.DecimalMismatch, $"{path}/scale", digits);
                break;
            default:
                step.Code = Copy(writer.Kind);
                step.Number = writer.Size;
                break;
        }
    }

    static Op Copy(AvroKind kind) => kind switch
    {
        AvroKind.Boolean => Op.Boolean,
        AvroKind.Int => Op.Int,
        AvroKind.Long => Op.Long,
        AvroKind.Float => Op.Float,
        AvroKind.Double => Op.Double,
        AvroKind.Bytes => Op.Bytes,
        AvroKind.String => Op.Text,
        AvroKind.Fixed => Op.Fixed,
        _ => Op.Null,
    };

    static bool IsOtherDecimal(AvroSchema writer, AvroSchema reader) =>
        writer.LogicalType == AvroLogicalType.Decimal && reader.LogicalType == AvroLogicalType.Decimal
        && (writer.Precision, writer.Scale) != (reader.Precision, reader.Scale);

    static void FillEnum(AvroPlanStep step, AvroSchema writer, AvroSchema reader, string path)
    {
        var known = reader.Symbols.ToList();
        var standIn = reader.DefaultSymbol is null ? -1 : known.IndexOf(reader.DefaultSymbol);
        step.Code = Op.Enum;
        step.Symbols = [.. writer.Symbols.Select(symbol => known.IndexOf(symbol) is var index and >= 0 ? index : standIn)];
        var missing = writer.Symbols.Except(reader.Symbols).ToArray();
        if (missing.Length == 0 || standIn >= 0) return;
        var message = $"the writer's enum has {string.Join(", ", missing)}, the reader's {reader.FullName} neither them nor a default";
        step.Refusal = new AvroIncompatibility(AvroIncompatibilityKind.MissingEnumSymbols, $"{path}/symbols", message);
    }

    void FillRecord(AvroPlanStep step, AvroSchema writer, AvroSchema reader, string path)
    {
        var sources = reader.Fields.Select(field => Source(writer, field)).ToArray();
        var steps = reader.Fields
            .Select((field, i) => Field(writer, field, sources[i], FormattableString.Invariant($"{path}/fields/{i}")))
            .ToList();
        var taken = sources.Where(source => source >= 0).ToArray();
        step.Writer = writer;
        if (taken.Zip(taken.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            step.Code = Op.Reordered;
            step.Symbols = sources;
            step.Steps = [.. steps];
            return;
        }

        step.Code = Op.Record;
        step.Steps = [.. InWriterOrder(writer, sources, steps)];
    }

    /// <summary>The steps of the reader's fields with those between them that skip what the writer alone has.</summary>
    static IEnumerable<AvroPlanStep> InWriterOrder(AvroSchema writer, int[] sources, List<AvroPlanStep> steps)
    {
        var next = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            for (; next < sources[i]; next++) yield return Skipping(writer.Fields[next].Schema);
            if (sources[i] >= 0) next++;
            yield return steps[i];
        }

        for (; next < writer.Fields.Count; next++) yield return Skipping(writer.Fields[next].Schema);
    }

    static AvroPlanStep Skipping(AvroSchema writer) => new(Op.Skip) { Writer = writer };

    /// <summary>Which of the writer's fields a reader's field takes: its name's, else an alias's, else none.</summary>
    static int Source(AvroSchema writer, AvroField field)
    {
        var names = writer.Fields.Select(each => each.Name).ToList();
        return new[] { field.Name }.Concat(field.Aliases).Select(name => names.IndexOf(name)).FirstOrDefault(index => index >= 0, -1);
    }

    AvroPlanStep Field(AvroSchema writer, AvroField field, int source, string path)
    {
        if (source >= 0) return Step(writer.Fields[source].Schema, field.Schema, $"{path}/type");
        if (field.DefaultBody is { } body) return new AvroPlanStep(Op.Default) { Default = body };
        var refusal = new AvroPlanStep(Op.Null);
        var message = $"the writer has no field {field.Name}, the reader no default for it";
        Refuse(refusal, AvroIncompatibilityKind.ReaderFieldMissingDefaultValue, path, message);
        return refusal;
    }

    static void Refuse(AvroPlanStep step, AvroIncompatibilityKind kind, string path, string message)
    {
        step.Code = Op.Refuse;
        step.Refusal = new AvroIncompatibility(kind, path, message);
    }
}

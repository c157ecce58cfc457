using System.Globalization;
using Op = Kafka.Stock.Contracts.AvroPlanStep.Op;

namespace Kafka.Stock.Contracts;

/// <summary>Compiles the plan of a pair of schemas. What the reader can't read becomes a step that refuses, so that the plan itself says
/// whether the pair is compatible: it is when no step of it refuses.</summary>
sealed class AvroPlanCompiler
{
    const int ShownSymbols = 8;

    readonly Dictionary<(AvroSchema Writer, AvroSchema Reader), AvroPlanStep> _pairs = [];
    readonly AvroPlanBudget _budget = new();

    /// <summary>Steps that aren't filled yet.</summary>
    readonly HashSet<AvroPlanStep> _open = new(ReferenceEqualityComparer.Instance);

    /// <summary>Steps that are known to lead to no refusal.</summary>
    readonly HashSet<AvroPlanStep> _clean = new(ReferenceEqualityComparer.Instance);

    /// <summary>The step that reads a value of the writer as one of the reader.</summary>
    public static AvroPlanStep Compile(AvroSchema writer, AvroSchema reader) =>
        new AvroPlanCompiler().Step(writer, reader, new AvroPath(null, ""));

    /// <summary>Every refusal that a value could meet, in the order of the schema.</summary>
    public static IReadOnlyList<AvroIncompatibility> Refusals(AvroPlanStep plan)
    {
        var seen = new HashSet<AvroPlanStep>(ReferenceEqualityComparer.Instance);
        return [.. Reachable(plan, seen, []).Where(step => step.Refusal is not null).Select(step => step.Refusal!)];
    }

    /// <summary>Every step but those behind a refusal and the known ones, each once, in the order of the schema; without recursion,
    /// which a long chain of types would take beyond the stack.</summary>
    static IEnumerable<AvroPlanStep> Reachable(AvroPlanStep plan, HashSet<AvroPlanStep> seen, HashSet<AvroPlanStep> known)
    {
        var next = new Stack<AvroPlanStep>([plan]);
        while (next.TryPop(out var step))
        {
            if (known.Contains(step) || !seen.Add(step)) continue;
            yield return step;
            if (step.Refusal is not null) continue;
            for (var i = step.Steps.Length - 1; i >= 0; i--) next.Push(step.Steps[i]);
            if (step.Inner is not null) next.Push(step.Inner);
        }
    }

    /// <summary>Whether a refusal lies behind a step, as far as it is known: what is still being filled is taken for sound.</summary>
    bool LeadsToRefusal(AvroPlanStep plan, AvroPath path)
    {
        var seen = new HashSet<AvroPlanStep>(ReferenceEqualityComparer.Instance);
        var isWhole = true;
        foreach (var step in Reachable(plan, seen, _clean))
        {
            _budget.Compare(1 + step.Steps.Length, path);
            if (step.Refusal is not null) return true;
            isWhole &= !_open.Contains(step);
        }

        if (isWhole) _clean.UnionWith(seen);
        return false;
    }

    AvroPlanStep Step(AvroSchema writer, AvroSchema reader, AvroPath path)
    {
        if (_pairs.TryGetValue((writer, reader), out var known)) return known;
        _budget.AddSteps(1, path);
        AvroPlanBudget.CheckDepth(_open.Count, path);
        var step = new AvroPlanStep(Op.Null);
        _pairs.Add((writer, reader), step);
        _open.Add(step);
        Fill(step, writer, reader, path);
        _open.Remove(step);
        return step;
    }

    void Fill(AvroPlanStep step, AvroSchema writer, AvroSchema reader, AvroPath path)
    {
        if (writer.Kind == AvroKind.Union) FillUnion(step, writer, reader, path);
        else if (reader.Kind == AvroKind.Union) FillWrap(step, writer, reader, path);
        else if (writer.Kind == reader.Kind) FillSame(step, writer, reader, path);
        else if (Promotion(writer.Kind, reader.Kind) is { } promotion) step.Code = promotion;
        else Refuse(step, AvroIncompatibilityKind.TypeMismatch, path, $"the writer has {writer.FullName}, the reader {reader.FullName}");
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

    void FillUnion(AvroPlanStep step, AvroSchema writer, AvroSchema reader, AvroPath path)
    {
        step.Code = Op.Union;
        step.Steps =
        [
            .. writer.Branches.Select((branch, i) => Step(branch, reader, path.Then("/" + i.ToString(CultureInfo.InvariantCulture)))),
        ];
    }

    void FillWrap(AvroPlanStep step, AvroSchema writer, AvroSchema reader, AvroPath path)
    {
        foreach (var branch in reader.Branches) _budget.Compare(1 + branch.Aliases.Count, path);
        var candidates = Enumerable.Range(0, reader.Branches.Count)
            .Select(i => (Index: i, Rank: Rank(writer, reader.Branches[i])))
            .Where(candidate => candidate.Rank > 0)
            .OrderByDescending(candidate => candidate.Rank)
            .ThenBy(candidate => candidate.Index)
            .Select(candidate => (candidate.Index, Step: Step(writer, reader.Branches[candidate.Index], path)))
            .ToArray();
        var best = Array.FindIndex(candidates, candidate => !LeadsToRefusal(candidate.Step, path));
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
        !writer.IsNamed || writer.Name == reader.Name || (reader.Aliases.Count > 0 && HasAlias(reader, writer));

    static bool HasAlias(AvroSchema reader, AvroSchema writer) =>
        reader.Aliases.Any(alias => alias == writer.FullName || alias == writer.Name);

    void FillSame(AvroPlanStep step, AvroSchema writer, AvroSchema reader, AvroPath path)
    {
        if (!NamesMatch(writer, reader))
        {
            var names = $"the writer has {writer.FullName}, the reader {reader.FullName}";
            Refuse(step, AvroIncompatibilityKind.NameMismatch, path.Then("/name"), names);
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
                step.Inner = Step(writer.Items, reader.Items!, path.Then(writer.Kind == AvroKind.Array ? "/items" : "/values"));
                break;
            case AvroKind.Fixed when writer.Size != reader.Size:
                var sizes = $"the writer has {writer.Size} bytes, the reader {reader.Size}";
                Refuse(step, AvroIncompatibilityKind.FixedSizeMismatch, path.Then("/size"), sizes);
                break;
            case AvroKind.Fixed or AvroKind.Bytes when IsOtherDecimal(writer, reader):
                var digits = $"the writer has ({writer.Precision},{writer.Scale}) digits, the reader ({reader.Precision},{reader.Scale})";
                Refuse(step, AvroIncompatibilityKind.DecimalMismatch, path.Then("/scale"), digits);
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

    void FillEnum(AvroPlanStep step, AvroSchema writer, AvroSchema reader, AvroPath path)
    {
        _budget.AddSteps(writer.Symbols.Count / sizeof(long), path);
        var standIn = reader.DefaultSymbol is null ? -1 : reader.IndexOfSymbol(reader.DefaultSymbol);
        step.Code = Op.Enum;
        step.Symbols = [.. writer.Symbols.Select(symbol => reader.IndexOfSymbol(symbol) is var index and >= 0 ? index : standIn)];
        var missing = writer.Symbols.Where(symbol => reader.IndexOfSymbol(symbol) < 0).ToArray();
        if (missing.Length == 0 || standIn >= 0) return;
        var names = string.Join(", ", missing.Take(ShownSymbols)) + (missing.Length > ShownSymbols ? ", …" : "");
        var message = $"the writer's enum has {names}, the reader's {reader.FullName} neither them nor a default";
        SetRefusal(step, AvroIncompatibilityKind.MissingEnumSymbols, path.Then("/symbols"), message);
    }

    void FillRecord(AvroPlanStep step, AvroSchema writer, AvroSchema reader, AvroPath path)
    {
        _budget.AddSteps(reader.Fields.Count + writer.Fields.Count, path);
        _budget.Compare(reader.Fields.Sum(field => field.Aliases.Count), path);
        var sources = reader.Fields.Select(field => Source(writer, field)).ToArray();
        var steps = reader.Fields
            .Select((field, i) => Field(writer, field, sources[i], path.Then(FormattableString.Invariant($"/fields/{i}"))))
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
    static int Source(AvroSchema writer, AvroField field) => writer.IndexOfField(field.Name) is var own and >= 0
        ? own
        : field.Aliases.Select(writer.IndexOfField).FirstOrDefault(index => index >= 0, -1);

    AvroPlanStep Field(AvroSchema writer, AvroField field, int source, AvroPath path)
    {
        if (source >= 0) return Step(writer.Fields[source].Schema, field.Schema, path.Then("/type"));
        if (field.DefaultBody is { } body) return new AvroPlanStep(Op.Default) { Default = body };
        var refusal = new AvroPlanStep(Op.Null);
        var message = $"the writer has no field {field.Name}, the reader no default for it";
        Refuse(refusal, AvroIncompatibilityKind.ReaderFieldMissingDefaultValue, path, message);
        return refusal;
    }

    void Refuse(AvroPlanStep step, AvroIncompatibilityKind kind, AvroPath path, string message)
    {
        step.Code = Op.Refuse;
        SetRefusal(step, kind, path, message);
    }

    void SetRefusal(AvroPlanStep step, AvroIncompatibilityKind kind, AvroPath path, string message)
    {
        _budget.AddSteps(AvroPlanBudget.StepsOfRefusal, path);
        step.Refusal = new AvroIncompatibility(kind, path.ToString(), message);
    }
}

namespace Kafka.Stock.Contracts;

/// <summary>Whether the candidates of a retrain replaced the champions of an interval, and the numbers on which that was
/// decided.</summary>
/// <remarks>Losses are means of |error| over the held-back rows in units of the scale s(t); differences are pooled by day. Null where
/// nothing was tested.</remarks>
public sealed record RetrainDecision : IAvroRecord<RetrainDecision>
{
    /// <inheritdoc/>
    public static string SchemaName => "kafka.stock.RetrainDecision";

    /// <summary>Length of the bars of the series that it is about; also the Kafka key.</summary>
    public string Interval { get; init; } = "";

    /// <summary>Up to when rows were known, microseconds since 1970 UTC.</summary>
    public long DecidedAtUs { get; init; }

    /// <summary>From which bar end on the promotions apply, microseconds since 1970 UTC.</summary>
    public long EffectiveFromUs { get; init; }

    /// <summary><c>month</c>, <c>drift</c>, <c>initial</c>, or <c>rollback</c>.</summary>
    public string Trigger { get; init; } = "month";

    /// <summary>True when <see cref="Models"/> took over.</summary>
    public bool Promoted { get; init; }

    /// <summary>What decided, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary><c>passed</c>, <c>failed</c>, or <c>off</c>: what the quality gate said.</summary>
    public string Gate { get; init; } = "off";

    /// <summary>How the candidates were trained.</summary>
    public string Recipe { get; init; } = "default";

    /// <summary>Series that had enough rows.</summary>
    public int Series { get; init; }

    /// <summary>Held-back days that the test went over.</summary>
    public int Days { get; init; }

    /// <summary>Held-back rows, over all series.</summary>
    public int Rows { get; init; }

    /// <summary>Mean loss of the candidates as hybrids.</summary>
    public double? CandidateLoss { get; init; }

    /// <summary>Mean loss of the champions as hybrids.</summary>
    public double? ChampionLoss { get; init; }

    /// <summary>Mean loss of no change.</summary>
    public double? NaiveLoss { get; init; }

    /// <summary>Mean daily loss difference, candidate - champion.</summary>
    public double? VersusChampion { get; init; }

    /// <summary>Upper end of its one-sided 95 % interval, Newey-West.</summary>
    public double? VersusChampionUpper { get; init; }

    /// <summary>Mean daily loss difference, candidate - naive.</summary>
    public double? VersusNaive { get; init; }

    /// <summary>Upper end of its one-sided 95 % interval, Newey-West.</summary>
    public double? VersusNaiveUpper { get; init; }

    /// <summary>What the upper ends must stay under.</summary>
    public double? Margin { get; init; }

    /// <summary>The candidates, in ordinal order of symbol and source.</summary>
    public IReadOnlyList<DecidedModel> Models { get; init; } = [];

    /// <summary>The checks of the quality gate that new rows broke, in the order of reports.</summary>
    public IReadOnlyList<GateCheck> Checks { get; init; } = [];

    /// <summary>How sure one may be of each strategy, in ordinal order of their names: from all scores known whose day was over.</summary>
    public IReadOnlyList<StrategyEvidence> Evidence { get; init; } = [];

    /// <inheritdoc/>
    public static void Write(in RetrainDecision value, ref AvroWriter writer)
    {
        writer.WriteString(value.Interval);
        writer.WriteLong(value.DecidedAtUs);
        writer.WriteLong(value.EffectiveFromUs);
        writer.WriteString(value.Trigger);
        writer.WriteBoolean(value.Promoted);
        writer.WriteString(value.Reason);
        writer.WriteString(value.Gate);
        writer.WriteString(value.Recipe);
        writer.WriteInt(value.Series);
        writer.WriteInt(value.Days);
        writer.WriteInt(value.Rows);
        writer.WriteNullableDouble(value.CandidateLoss);
        writer.WriteNullableDouble(value.ChampionLoss);
        writer.WriteNullableDouble(value.NaiveLoss);
        writer.WriteNullableDouble(value.VersusChampion);
        writer.WriteNullableDouble(value.VersusChampionUpper);
        writer.WriteNullableDouble(value.VersusNaive);
        writer.WriteNullableDouble(value.VersusNaiveUpper);
        writer.WriteNullableDouble(value.Margin);
        writer.WriteBlock(value.Models.Count);
        foreach (var model in value.Models) model.Write(ref writer);
        writer.WriteBlocksEnd();
        writer.WriteBlock(value.Checks.Count);
        foreach (var check in value.Checks) check.Write(ref writer);
        writer.WriteBlocksEnd();
        writer.WriteBlock(value.Evidence.Count);
        foreach (var evidence in value.Evidence) evidence.Write(ref writer);
        writer.WriteBlocksEnd();
    }

    /// <inheritdoc/>
    public static void Read(ref AvroReader reader, NamePool names, ref RetrainDecision? value) => value = new RetrainDecision
    {
        Interval = reader.ReadString(names),
        DecidedAtUs = reader.ReadLong(),
        EffectiveFromUs = reader.ReadLong(),
        Trigger = reader.ReadString(names),
        Promoted = reader.ReadBoolean(),
        Reason = reader.ReadString(),
        Gate = reader.ReadString(names),
        Recipe = reader.ReadString(names),
        Series = reader.ReadInt(),
        Days = reader.ReadInt(),
        Rows = reader.ReadInt(),
        CandidateLoss = reader.ReadNullableDouble(),
        ChampionLoss = reader.ReadNullableDouble(),
        NaiveLoss = reader.ReadNullableDouble(),
        VersusChampion = reader.ReadNullableDouble(),
        VersusChampionUpper = reader.ReadNullableDouble(),
        VersusNaive = reader.ReadNullableDouble(),
        VersusNaiveUpper = reader.ReadNullableDouble(),
        Margin = reader.ReadNullableDouble(),
        Models = ReadModels(ref reader, names),
        Checks = ReadChecks(ref reader, names),
        Evidence = ReadEvidence(ref reader, names),
    };

    static List<DecidedModel> ReadModels(ref AvroReader reader, NamePool names)
    {
        List<DecidedModel> models = [];
        while (reader.ReadBlock(DecidedModel.MinBytes) is var count and > 0)
        {
            for (var i = 0; i < count; i++) models.Add(DecidedModel.Read(ref reader, names));
        }

        return models;
    }

    static List<GateCheck> ReadChecks(ref AvroReader reader, NamePool names)
    {
        List<GateCheck> checks = [];
        while (reader.ReadBlock(GateCheck.MinBytes) is var count and > 0)
        {
            for (var i = 0; i < count; i++) checks.Add(GateCheck.Read(ref reader, names));
        }

        return checks;
    }

    static List<StrategyEvidence> ReadEvidence(ref AvroReader reader, NamePool names)
    {
        List<StrategyEvidence> evidence = [];
        while (reader.ReadBlock(StrategyEvidence.MinBytes) is var count and > 0)
        {
            for (var i = 0; i < count; i++) evidence.Add(StrategyEvidence.Read(ref reader, names));
        }

        return evidence;
    }
}

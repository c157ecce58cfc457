using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kafka.Stock.Contracts;
using static Kafka.Stock.BatchJob.JsonNumbers;

namespace Kafka.Stock.BatchJob;

/// <summary>A decision as JSON: in its promotions, in the store of models, and for users. Numbers have round-trip digits.</summary>
public static class DecisionText
{
    /// <summary>One JSON object on one line.</summary>
    public static string ToJson(RetrainDecision decision)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) Write(json, decision);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <param name="where">Where it lies, for errors.</param>
    /// <exception cref="BrokenInputException">It is something else.</exception>
    public static RetrainDecision Parse(string json, string where)
    {
        try
        {
            return Read(JsonNode.Parse(json)!);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            throw new BrokenInputException(where, "a text that isn't a decision's", "a decision as kstock writes it", error);
        }
    }

    static RetrainDecision Read(JsonNode json) => new()
    {
        Interval = json["interval"]!.GetValue<string>(),
        DecidedAtUs = json["decided_at_us"]!.GetValue<long>(),
        EffectiveFromUs = json["effective_from_us"]!.GetValue<long>(),
        Trigger = json["trigger"]!.GetValue<string>(),
        Promoted = json["promoted"]!.GetValue<bool>(),
        Reason = json["reason"]!.GetValue<string>(),
        Gate = json["gate"]!.GetValue<string>(),
        Recipe = json["recipe"]!.GetValue<string>(),
        Series = json["series"]!.GetValue<int>(),
        Days = json["days"]!.GetValue<int>(),
        Rows = json["rows"]!.GetValue<int>(),
        CandidateLoss = json["candidate_loss"]?.GetValue<double>(),
        ChampionLoss = json["champion_loss"]?.GetValue<double>(),
        NaiveLoss = json["naive_loss"]?.GetValue<double>(),
        VersusChampion = json["versus_champion"]?.GetValue<double>(),
        VersusChampionUpper = json["versus_champion_upper"]?.GetValue<double>(),
        VersusNaive = json["versus_naive"]?.GetValue<double>(),
        VersusNaiveUpper = json["versus_naive_upper"]?.GetValue<double>(),
        Margin = json["margin"]?.GetValue<double>(),
        Models = [.. json["models"]!.AsArray().Select(model => ReadModel(model!))],
        Checks = [.. (json["checks"]?.AsArray() ?? []).Select(check => ReadCheck(check!))],
        Evidence = [.. (json["evidence"]?.AsArray() ?? []).Select(evidence => ReadEvidence(evidence!))],
    };

    static DecidedModel ReadModel(JsonNode json) => new(
        json["symbol"]!.GetValue<string>(), json["source"]!.GetValue<string>(), json["model_id"]!.GetValue<string>(),
        json["rows"]!.GetValue<int>(), json["trained_until_us"]!.GetValue<long>());

    static GateCheck ReadCheck(JsonNode json) => new(
        json["check"]!.GetValue<string>(), json["status"]!.GetValue<string>(), json["rows"]!.GetValue<long>(),
        json["bad"]!.GetValue<long>(), json["acknowledged"]!.GetValue<long>(),
        [.. json["named"]!.AsArray().Select(row => row!.GetValue<string>())]);

    static StrategyEvidence ReadEvidence(JsonNode json) => new(
        json["strategy"]!.GetValue<string>(), json["days"]!.GetValue<int>(), json["rows"]!.GetValue<long>(),
        json["e_naive"]?.GetValue<double>(), json["e_naive_max"]?.GetValue<double>(), json["e_online"]?.GetValue<double>(),
        json["e_online_max"]?.GetValue<double>());

    static void Write(Utf8JsonWriter json, RetrainDecision decision)
    {
        json.WriteStartObject();
        json.WriteString("interval", decision.Interval);
        json.WriteNumber("decided_at_us", decision.DecidedAtUs);
        json.WriteNumber("effective_from_us", decision.EffectiveFromUs);
        json.WriteString("trigger", decision.Trigger);
        json.WriteBoolean("promoted", decision.Promoted);
        json.WriteString("reason", decision.Reason);
        json.WriteString("gate", decision.Gate);
        json.WriteString("recipe", decision.Recipe);
        json.WriteNumber("series", decision.Series);
        json.WriteNumber("days", decision.Days);
        json.WriteNumber("rows", decision.Rows);
        WriteNullable(json, "candidate_loss", decision.CandidateLoss);
        WriteNullable(json, "champion_loss", decision.ChampionLoss);
        WriteNullable(json, "naive_loss", decision.NaiveLoss);
        WriteNullable(json, "versus_champion", decision.VersusChampion);
        WriteNullable(json, "versus_champion_upper", decision.VersusChampionUpper);
        WriteNullable(json, "versus_naive", decision.VersusNaive);
        WriteNullable(json, "versus_naive_upper", decision.VersusNaiveUpper);
        WriteNullable(json, "margin", decision.Margin);
        json.WriteStartArray("models");
        foreach (var model in decision.Models)
        {
            json.WriteStartObject();
            json.WriteString("symbol", model.Symbol);
            json.WriteString("source", model.Source);
            json.WriteString("model_id", model.ModelId);
            json.WriteNumber("rows", model.Rows);
            json.WriteNumber("trained_until_us", model.TrainedUntilUs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteChecks(json, decision.Checks);
        WriteEvidence(json, decision.Evidence);
        json.WriteEndObject();
    }

    static void WriteChecks(Utf8JsonWriter json, IReadOnlyList<GateCheck> checks)
    {
        json.WriteStartArray("checks");
        foreach (var check in checks)
        {
            json.WriteStartObject();
            json.WriteString("check", check.Check);
            json.WriteString("status", check.Status);
            json.WriteNumber("rows", check.Rows);
            json.WriteNumber("bad", check.Bad);
            json.WriteNumber("acknowledged", check.Acknowledged);
            json.WriteStartArray("named");
            foreach (var row in check.Named) json.WriteStringValue(row);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteEvidence(Utf8JsonWriter json, IReadOnlyList<StrategyEvidence> evidence)
    {
        json.WriteStartArray("evidence");
        foreach (var one in evidence)
        {
            json.WriteStartObject();
            json.WriteString("strategy", one.Strategy);
            json.WriteNumber("days", one.Days);
            json.WriteNumber("rows", one.Rows);
            WriteNullable(json, "e_naive", one.ENaive);
            WriteNullable(json, "e_naive_max", one.ENaiveMax);
            WriteNullable(json, "e_online", one.EOnline);
            WriteNullable(json, "e_online_max", one.EOnlineMax);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

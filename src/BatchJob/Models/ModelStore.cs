using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.Learning;

namespace Kafka.Stock.BatchJob;

/// <summary>Models and decisions in a folder or a bucket.</summary>
/// <remarks>
/// <c>models/ID.safetensors</c> is named by the SHA-256 of its bytes, which is checked on reading; <c>models/ID.json</c> says whose it is
/// and names its hybrid; <c>decisions/INTERVAL/TIME-TRIGGER.json</c> is one decision. Objects are written whole, a decision after its
/// models, so a reader never finds a decision whose models aren't there.
/// </remarks>
/// <param name="store">Where they lie.</param>
public sealed class ModelStore(IObjectStore store)
{
    const string Models = "models/";
    const string Decisions = "decisions/";
    const string Schedule = "schedule.json";

    /// <summary>Fewest characters by which a model may be named.</summary>
    const int PrefixMin = 6;

    /// <summary>The store below.</summary>
    public IObjectStore Objects { get; } = store;

    /// <summary>Where the artefact of an id lies, or would.</summary>
    public string PathOf(string modelId) => $"{Objects.Root}/{Models}{modelId}.safetensors";

    /// <summary>Writes the models and then the decision of a retrain.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task PutAsync(RetrainResult result, CancellationToken cancellation)
    {
        foreach (var promotion in result.Promotions)
        {
            await PutArtefactAsync(promotion.Artefact, cancellation);
            var hybrid = promotion.HybridArtefact.IsEmpty ? "" : await PutArtefactAsync(promotion.HybridArtefact, cancellation);
            await Objects.PutAsync($"{Models}{promotion.ModelId}.json", CardOf(promotion, hybrid), cancellation);
        }

        await PutAsync(result.Decision, cancellation);
    }

    /// <summary>Writes a decision.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public Task PutAsync(RetrainDecision decision, CancellationToken cancellation) => Objects.PutAsync(
        $"{Decisions}{decision.Interval}/{TimeText(decision.DecidedAtUs)}-{decision.Trigger}.json",
        Encoding.UTF8.GetBytes(DecisionText.ToJson(decision) + "\n"), cancellation);

    /// <summary>All decisions, by time, then interval.</summary>
    /// <exception cref="BrokenInputException">One can't be read.</exception>
    public async Task<IReadOnlyList<RetrainDecision>> DecisionsAsync(CancellationToken cancellation)
    {
        var decisions = new List<RetrainDecision>();
        await foreach (var entry in Objects.ListAsync(Decisions, null, cancellation))
        {
            if (await Objects.GetAsync(entry.Key, cancellation) is { } bytes)
                decisions.Add(DecisionText.Parse(Encoding.UTF8.GetString(bytes), $"{Objects.Root}/{entry.Key}"));
        }

        return [.. decisions.OrderBy(decision => decision.DecidedAtUs).ThenBy(decision => decision.Interval, StringComparer.Ordinal)];
    }

    /// <summary>The model of an id, or of the beginning of one.</summary>
    /// <param name="version">At least six characters of its id.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConfigurationException">There is no such model, or several.</exception>
    /// <exception cref="BrokenInputException">It has been damaged.</exception>
    public async Task<StoredModel> GetAsync(string version, CancellationToken cancellation)
    {
        var id = await FindAsync(version, cancellation);
        var where = $"{Objects.Root}/{Models}{id}.json";
        var bytes = await Objects.GetAsync($"{Models}{id}.json", cancellation)
            ?? throw new BrokenInputException(where, "nothing", "a model's card");
        var (series, hybrid, trainedUntilUs, fingerprint) = ReadCard(bytes, where);
        return new StoredModel(
            series, id, trainedUntilUs, fingerprint, await GetArtefactAsync(id, cancellation),
            hybrid.Length == 0 ? default(ReadOnlyMemory<byte>) : await GetArtefactAsync(hybrid, cancellation));
    }

    /// <summary>What became of the last scheduled run; null where there was none.</summary>
    /// <exception cref="BrokenInputException">The note can't be read.</exception>
    public async Task<LastRun?> LastRunAsync(CancellationToken cancellation)
    {
        if (await Objects.GetAsync(Schedule, cancellation) is not { } bytes) return null;
        try
        {
            var note = JsonNode.Parse(bytes)!;
            return new LastRun(note["due_us"]!.GetValue<long>(), note["succeeded"]!.GetValue<bool>());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            throw new BrokenInputException($"{Objects.Root}/{Schedule}", "a note that can't be read", "due_us and succeeded", error);
        }
    }

    /// <summary>Notes what became of a scheduled run.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public Task PutAsync(LastRun run, CancellationToken cancellation) => Objects.PutAsync(
        Schedule,
        Encoding.UTF8.GetBytes(new JsonObject { ["due_us"] = run.DueUs, ["succeeded"] = run.Succeeded }.ToJsonString() + "\n"),
        cancellation);

    async Task<string> PutArtefactAsync(ReadOnlyMemory<byte> artefact, CancellationToken cancellation)
    {
        var id = ModelArtefact.IdOf(artefact.Span);
        await Objects.PutAsync($"{Models}{id}.safetensors", artefact, cancellation);
        return id;
    }

    async Task<byte[]> GetArtefactAsync(string id, CancellationToken cancellation)
    {
        var key = $"{Models}{id}.safetensors";
        var where = $"{Objects.Root}/{key}";
        var bytes = await Objects.GetAsync(key, cancellation) ?? throw new BrokenInputException(where, "nothing", "a model");
        var found = ModelArtefact.IdOf(bytes);
        return found == id ? bytes : throw new BrokenInputException(where, $"bytes of SHA-256 {found}", "those of its name");
    }

    async Task<string> FindAsync(string version, CancellationToken cancellation)
    {
        var found = new List<string>();
        if (version.Length >= PrefixMin && version.All(char.IsAsciiHexDigitLower))
        {
            await foreach (var entry in Objects.ListAsync(Models + version, null, cancellation))
            {
                if (entry.Key.EndsWith(".json", StringComparison.Ordinal)) found.Add(entry.Key[Models.Length..^".json".Length]);
            }
        }

        if (found.Count == 1) return found[0];
        var what = found.Count == 0 ? $"no model {version}" : $"{found.Count} models {version}…";
        throw new ConfigurationException(
            $"{Objects.Root}/{Models}", what, $"the first {PrefixMin} or more hex digits of one id: kstock batch history names them");
    }

    static byte[] CardOf(ModelPromotion promotion, string hybrid) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["series"] = promotion.Series.ToString(),
        ["hybrid_id"] = hybrid,
        ["trained_until_us"] = promotion.TrainedUntilUs,
        ["fingerprint"] = promotion.Fingerprint,
    }.ToJsonString() + "\n");

    static (SeriesId Series, string Hybrid, long TrainedUntilUs, long Fingerprint) ReadCard(byte[] bytes, string where)
    {
        try
        {
            var card = JsonNode.Parse(bytes)!;
            return (
                SeriesId.Parse(card["series"]!.GetValue<string>()), card["hybrid_id"]!.GetValue<string>(),
                card["trained_until_us"]!.GetValue<long>(), card["fingerprint"]!.GetValue<long>());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            throw new BrokenInputException(where, "a card that can't be read", "series, hybrid_id, trained_until_us, fingerprint", error);
        }
    }

    static string TimeText(long timeUs) =>
        DateTime.UnixEpoch.AddMicroseconds(timeUs).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}

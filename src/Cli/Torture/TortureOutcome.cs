using System.Globalization;
using System.Text;
using System.Text.Json;
using Kafka.Stock.Lakehouse;

namespace Kafka.Stock.Cli;

/// <summary>What a run came to.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Report">What the table has.</param>
/// <param name="LostRaces">Races for a version that another writer won.</param>
/// <param name="Seconds">From the first writer's start to the last one's end.</param>
sealed record TortureOutcome(TortureOptions Options, TortureReport Report, long LostRaces, double Seconds)
{
    double CommitsPerSecond => Options.Total / Seconds;

    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"lake         {Options.Path}");
        var who = string.Create(CultureInfo.InvariantCulture, $"{Options.Writers} processes, {Options.Kills} killed on the way");
        text.AppendLine(CultureInfo.InvariantCulture, $"commits      {Report.Found:N0} of {Report.Expected:N0} by {who}");
        text.AppendLine(CultureInfo.InvariantCulture, $"lost races   {LostRaces:N0}");
        text.AppendLine(CultureInfo.InvariantCulture, $"time         {Seconds:N1} s, {CommitsPerSecond:N1} commits a second");
        text.AppendLine(CultureInfo.InvariantCulture, $"lost         {List(Report.Lost)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"twice        {List(Report.Twice)}");
        text.Append(CultureInfo.InvariantCulture, $"else wrong   {List(Report.Wrong)}");
        return text.ToString();
    }

    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("path", Options.Path);
            json.WriteNumber("writers", Options.Writers);
            json.WriteNumber("commits_each", Options.Commits);
            json.WriteNumber("kills", Options.Kills);
            json.WriteNumber("commits_expected", Report.Expected);
            json.WriteNumber("commits_found", Report.Found);
            json.WriteNumber("lost_races", LostRaces);
            json.WriteNumber("seconds", Math.Round(Seconds, 3));
            json.WriteNumber("commits_per_second", Math.Round(CommitsPerSecond, 1));
            Write(json, "lost", Report.Lost);
            Write(json, "twice", Report.Twice);
            Write(json, "wrong", Report.Wrong);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}

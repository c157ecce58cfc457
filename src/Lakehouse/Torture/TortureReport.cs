namespace Kafka.Stock.Lakehouse;

/// <summary>What a table has of the commits that it should have.</summary>
/// <param name="Expected">Commits that all writers together were to make.</param>
/// <param name="Found">Commits whose rows are there, each counted once.</param>
/// <param name="Lost">The first commits that are missing, as <c>writer/number</c>.</param>
/// <param name="Twice">The first commits of which a row is there twice, or of which two versions tell.</param>
/// <param name="Wrong">Whatever else isn't as it must be, one sentence each.</param>
public sealed record TortureReport(
    long Expected, long Found, IReadOnlyList<string> Lost, IReadOnlyList<string> Twice, IReadOnlyList<string> Wrong)
{
    /// <summary>True where every commit is there once.</summary>
    public bool IsWhole => Found == Expected && Lost.Count == 0 && Twice.Count == 0 && Wrong.Count == 0;
}

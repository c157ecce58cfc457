using System.Globalization;
using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Ingestor;

namespace Kafka.Stock.Cli;

/// <summary>A first look at files or a lake: what is in them, so that what isn't is told before anything long runs.</summary>
/// <remarks>Reads them whole: 63,000 daily bars take a tenth of a second.</remarks>
sealed class InputLook : IMarketSink
{
    const string Trades = "trades";
    const int SymbolsNamed = 20;

    readonly string? _reference;
    readonly bool _isLake;
    readonly Dictionary<(string Symbol, string Interval), (long FirstUs, long LastUs)> _ends = [];
    readonly Dictionary<(string Symbol, string Interval), (long FirstUs, long LastUs)> _references = [];

    InputLook(string where, string? reference, bool isLake) => (Where, _reference, _isLake) = (where, reference, isLake);

    /// <summary>Lines that make no sense.</summary>
    public LeftOut LeftOut { get; } = new();

    /// <summary>The files and folders, or the lake's table.</summary>
    public string Where { get; }

    /// <summary>Symbols with a bar or trade, in ordinal order.</summary>
    public IEnumerable<string> Symbols => Sorted(_ends.Keys.Select(key => key.Symbol));

    /// <summary>Looks at files.</summary>
    /// <exception cref="BrokenInputException">A file can't be read, or no line of them makes sense.</exception>
    public static Task<InputLook> AtAsync(FileReplayOptions files, CancellationToken cancellation)
    {
        // The reference's bars would be counted twice.
        var replay = new FileReplay(files with { Reference = null }, TimeProvider.System);
        return AtAsync(
            new InputLook(string.Join(", ", files.Paths), files.Reference, isLake: false), look => replay.RunAsync(look, [], cancellation));
    }

    /// <summary>Looks at what a lake remembers. The bars of a reference are there as such, or not at all.</summary>
    /// <param name="where">The table.</param>
    /// <param name="reference">The reference that is wanted; null for none.</param>
    /// <param name="feed">Reads it.</param>
    /// <exception cref="BrokenInputException">The table can't be read, or nothing in it makes sense.</exception>
    public static Task<InputLook> AtLakeAsync(string where, string? reference, Func<IMarketSink, Task> feed) =>
        AtAsync(new InputLook(where, reference, isLake: true), feed);

    /// <summary>Says what was asked for and isn't there.</summary>
    /// <param name="symbols">Symbols that are wanted; empty for all.</param>
    /// <param name="interval">Bars that are wanted, as written; null for all.</param>
    /// <exception cref="UsageException">A symbol, or the reference, isn't among the data.</exception>
    /// <exception cref="BrokenInputException">There are no such bars.</exception>
    public void Require(IReadOnlySet<string> symbols, string? interval)
    {
        List<string> problems = [];
        string[] unknown = [.. symbols.Except(Symbols).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
            problems.Add($"--symbols: found {string.Join(',', unknown)}, not among {Where}; expected some of {Named()}");
        if (_reference is not null && !References.Any()) problems.Add(MissingReference());

        if (problems.Count > 0) throw new UsageException(problems);
        if (interval is null || _ends.Keys.Any(key => IsOf(key, symbols, interval))) return;
        throw new BrokenInputException(
            Where, $"no bar of {interval}, but {string.Join(", ", Sorted(_ends.Keys.Select(key => key.Interval)))}",
            $"bars of {interval}, or trades to build them of");
    }

    /// <summary>Where the reference has bars, if it doesn't have them from the first to the last of the others; null
    /// otherwise.</summary>
    public string? ReferenceGap(ITradingCalendar calendar)
    {
        if (_reference is not { } reference) return null;
        var its = References.ToList();
        var others = _ends.Where(entry => entry.Key.Symbol != reference).Select(entry => entry.Value).ToList();
        if (others.Count == 0) return null;
        var (first, last) = (its.Min(ends => ends.FirstUs), its.Max(ends => ends.LastUs));
        var (from, to) = (others.Min(ends => ends.FirstUs), others.Max(ends => ends.LastUs));
        if (first <= from && last >= to) return null;
        return $"reference {reference}: found bars from {Day(first)} to {Day(last)}; expected them from {Day(from)} to {Day(to)}, "
            + "as the others have them: where it has none its features are zeros";

        string Day(long endUs) => calendar.TradingDay(endUs - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Publish(in Tick tick) => Add(_ends, tick.Symbol, Trades, tick.EventTimeUs);

    /// <inheritdoc/>
    public void Publish(in SourceBar bar) => Add(_ends, bar.Symbol, bar.Interval, bar.EndUs);

    /// <inheritdoc/>
    public void Publish(in ReferenceBar bar) => Add(_references, bar.Bar.Symbol, bar.Bar.Interval, bar.Bar.EndUs);

    /// <inheritdoc/>
    public void Publish(in Watermark watermark)
    {
        // Made by the replay, not in the files.
    }

    /// <inheritdoc/>
    public void Publish(in CorporateAction action)
    {
        // Changes no count of bars.
    }

    /// <inheritdoc/>
    public void DeadLetter(string key, ReadOnlySpan<byte> bytes, string where, string found, string expected) =>
        LeftOut.Note($"{where}: found {found}; expected {expected}");

    /// <inheritdoc/>
    public void Position(in IngestPosition position)
    {
        // A look never resumes.
    }

    /// <inheritdoc/>
    public ValueTask WaitForRoomAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>First and last bars of the reference that is wanted, by interval.</summary>
    IEnumerable<(long FirstUs, long LastUs)> References =>
        (_isLake ? _references : _ends).Where(entry => entry.Key.Symbol == _reference).Select(entry => entry.Value);

    static async Task<InputLook> AtAsync(InputLook look, Func<IMarketSink, Task> feed)
    {
        await Task.Run(() => feed(look));
        if (look._ends.Count > 0) return look;
        throw look.LeftOut.Count > 0
            ? new BrokenInputException(look.Where, $"no line that makes sense, first {look.LeftOut.First[0]}", "bars or trades")
            : new BrokenInputException(look.Where, look._isLake ? "no record" : "no line below the header", "bars or trades");
    }

    static void Add(
        Dictionary<(string Symbol, string Interval), (long FirstUs, long LastUs)> ends, string symbol, string interval, long endUs)
    {
        var (firstUs, lastUs) = ends.GetValueOrDefault((symbol, interval), (endUs, endUs));
        ends[(symbol, interval)] = (Math.Min(firstUs, endUs), Math.Max(lastUs, endUs));
    }

    string MissingReference() => _isLake
        ? $"--reference: found {_reference}, whose bars {Where} doesn't have as a reference's; expected a lake synced with it, or none"
        : $"--reference: found {_reference}, not among {Where}; expected one of {Named()}, or none: add its bars, or leave it out";

    static IEnumerable<string> Sorted(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Trades give bars of every interval but the session.</summary>
    static bool IsOf((string Symbol, string Interval) key, IReadOnlySet<string> symbols, string interval) =>
        (symbols.Count == 0 || symbols.Contains(key.Symbol))
            && (key.Interval == interval || (key.Interval == Trades && interval != BarInterval.Session.ToString()));

    /// <summary>The symbols that there are, the first twenty by name.</summary>
    public string Named()
    {
        string[] all = [.. Symbols];
        return string.Join(", ", all.Take(SymbolsNamed)) + (all.Length > SymbolsNamed ? $" and {all.Length - SymbolsNamed} more" : "");
    }
}

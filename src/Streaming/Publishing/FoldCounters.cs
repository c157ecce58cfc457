using System.Diagnostics.Metrics;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>What a role has done since it started. The same numbers go to the instruments of the meter <c>Kafka.Stock</c>, tagged with
/// the role.</summary>
/// <remarks>Safe for concurrent use: the threads of a host share one.</remarks>
public sealed class FoldCounters(string role)
{
    static readonly Meter s_meter = new("Kafka.Stock");
    static readonly Counter<long> s_consumed = Instrument("kafka.stock.records.consumed", "{record}", "Input records folded, live.");
    static readonly Counter<long> s_refolded = Instrument("kafka.stock.records.refolded", "{record}", "Input records folded again, muted.");
    static readonly Counter<long> s_published = Instrument("kafka.stock.records.published", "{record}", "Records handed to the producer.");
    static readonly Counter<long> s_publishedBytes = Instrument("kafka.stock.published.size", "By", "Bytes of their keys and values.");
    static readonly Counter<long> s_deadLetters = Instrument("kafka.stock.dead_letters", "{record}", "Records put to the dead letters.");
    static readonly Counter<long> s_commits = Instrument("kafka.stock.commits", "{commit}", "Commits of input offsets.");
    static readonly Counter<long> s_events = Instrument("kafka.stock.fold.events", "{event}", "Events of a fold, tagged with their kind.");
    static readonly string[] s_eventNames = Enum.GetNames<FoldEvent>();

    readonly long[] _events = new long[s_eventNames.Length];
    readonly KeyValuePair<string, object?> _tag = new("role", role);
    long _consumed;
    long _refolded;
    long _published;
    long _publishedBytes;
    long _deadLetters;
    long _commits;

    /// <summary>Whose numbers these are.</summary>
    public string Role { get; } = role;

    /// <summary>Input records folded with outputs on, dead letters included.</summary>
    public long Consumed => Interlocked.Read(ref _consumed);

    /// <summary>Input records folded again with outputs muted, after a restart.</summary>
    public long Refolded => Interlocked.Read(ref _refolded);

    /// <summary>Records handed to the producer, dead letters not included.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>Bytes of keys and values handed to the producer.</summary>
    public long PublishedBytes => Interlocked.Read(ref _publishedBytes);

    /// <summary>Records put to the dead letters.</summary>
    public long DeadLetters => Interlocked.Read(ref _deadLetters);

    /// <summary>Commits of input offsets.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>How often a fold counted this event.</summary>
    public long EventsOf(FoldEvent what) => Interlocked.Read(ref _events[(int)what]);

    /// <summary>Told of the first event of each kind, on the thread that counts it; set before the role starts.</summary>
    public Action<FoldEvent>? OnFirst { get; set; }

    /// <summary>Counts an event of a fold.</summary>
    public void Count(FoldEvent what)
    {
        if (Interlocked.Increment(ref _events[(int)what]) == 1) OnFirst?.Invoke(what);
        s_events.Add(1, _tag, new("event", s_eventNames[(int)what]));
    }

    internal void AddConsumed()
    {
        Interlocked.Increment(ref _consumed);
        s_consumed.Add(1, _tag);
    }

    internal void AddRefolded()
    {
        Interlocked.Increment(ref _refolded);
        s_refolded.Add(1, _tag);
    }

    internal void AddPublished(int sizeBytes)
    {
        Interlocked.Increment(ref _published);
        Interlocked.Add(ref _publishedBytes, sizeBytes);
        s_published.Add(1, _tag);
        s_publishedBytes.Add(sizeBytes, _tag);
    }

    internal void AddDeadLetter()
    {
        Interlocked.Increment(ref _deadLetters);
        s_deadLetters.Add(1, _tag);
    }

    internal void AddCommit()
    {
        Interlocked.Increment(ref _commits);
        s_commits.Add(1, _tag);
    }

    static Counter<long> Instrument(string name, string unit, string description) => s_meter.CreateCounter<long>(name, unit, description);
}

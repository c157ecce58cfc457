namespace Kafka.Stock.Cli;

/// <summary>Lines that made no sense and were left out: the first twenty, and how many there were.</summary>
sealed class LeftOut
{
    const int Kept = 20;

    readonly List<string> _first = [];

    /// <summary>Where, found, expected, of the first twenty.</summary>
    public IReadOnlyList<string> First => _first;

    /// <summary>All of them.</summary>
    public long Count { get; private set; }

    /// <summary>Notes one.</summary>
    public void Note(string defect)
    {
        Count++;
        if (_first.Count < Kept) _first.Add(defect);
    }

    /// <summary>Tells them on standard error.</summary>
    public async Task TellAsync()
    {
        foreach (var defect in _first) await Console.Error.WriteLineAsync("kstock: left out: " + defect);
        if (Count > _first.Count) await Console.Error.WriteLineAsync(
            $"kstock: left out: {Count - _first.Count} lines more; 'kstock validate' shows all of them");
    }
}

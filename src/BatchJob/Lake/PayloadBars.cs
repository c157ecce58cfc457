using Kafka.Stock.Calendars;
using Kafka.Stock.Contracts;
using Kafka.Stock.Lakehouse;
using Kafka.Stock.Sources;

namespace Kafka.Stock.BatchJob;

/// <summary>Daily bars of the payloads in bronze/raw.</summary>
/// <param name="connection">Where the query runs.</param>
/// <param name="calendar">Sessions of the days.</param>
sealed class PayloadBars(DuckConnection connection, ITradingCalendar calendar)
{
    readonly NamePool _names = new();

    /// <summary>Takes a bar with the time of its fetching.</summary>
    public delegate void Handler(in SourceBar bar, long fetchedAtUs, in RecordPlace place);

    /// <summary>Payloads that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Payloads of another form, or with a defect: none of their days is taken.</summary>
    public long Unread { get; private set; }

    /// <summary>Reads all payloads that satisfy a condition, in the order of topic, partition, offset.</summary>
    public void Run(string relation, string condition, Handler handler, CancellationToken cancellation)
    {
        using var rows = connection.Query(
            $"""
            SELECT topic, partition, "offset", symbol, source, fetched_at, payload FROM {relation}
            WHERE body IS NULL AND {condition} ORDER BY topic, partition, "offset"
            """,
            cancellation);
        while (rows.Read())
        {
            for (var row = 0; row < rows.RowCount; row++)
            {
                var place = new RecordPlace(Name(rows, 0, row), rows[1].Values<int>()[row], rows[2].Values<long>()[row]);
                Hand(Name(rows, 3, row), Name(rows, 4, row), rows[5].Values<long>()[row], rows[6].Bytes(row), place, handler);
            }
        }
    }

    void Hand(string symbol, string source, long fetchedAtUs, ReadOnlySpan<byte> payload, in RecordPlace place, Handler handler)
    {
        if (!AlphaVantageDaily.Looks(payload) || AlphaVantageDaily.TryParse(payload.ToArray(), out var days) is not null)
        {
            Unread++;
            return;
        }

        Read++;
        foreach (var day in days)
        {
            // A day without a session by the calendar has no bar that could be placed in time.
            if (day.Day < calendar.FirstDay || day.Day > calendar.LastDay || !calendar.TryGetSession(day.Day, out var session)) continue;
            var bar = new SourceBar(
                symbol, source, BarInterval.Session.ToString(), session.OpenUs, session.CloseUs, day.Open, day.High, day.Low, day.Close,
                day.Volume, 0);
            handler(bar, fetchedAtUs, place);
        }
    }

    string Name(DuckResult rows, int column, int row) => _names.GetOrAdd(rows[column].Bytes(row)) ?? "";
}

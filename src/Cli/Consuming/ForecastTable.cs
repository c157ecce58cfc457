using System.Globalization;
using Kafka.Stock.Contracts;
using Kafka.Stock.Streaming;

namespace Kafka.Stock.Cli;

/// <summary>Forecasts as rows of fixed columns: they come without end, so no column waits for the widest value.</summary>
sealed class ForecastTable(TextWriter output) : RecordPrinter(output)
{
    readonly NamePool _names = new();
    Forecast? _forecast;
    bool _begun;

    public override void Print(in TopicRecord record)
    {
        if (!_begun) Output.WriteLine(Header());
        _begun = true;
        if (SchemaOf(record) != Forecast.SchemaName) return;
        AvroBody.Read(record.Body, _names, ref _forecast);
        var forecast = _forecast!;
        var served = Array.Find(forecast.Strategies, strategy => strategy.Strategy == forecast.Served);
        if (served is null) return;
        var interval = Array.Find(served.Intervals, one => one.Level == 0.9);
        Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{forecast.Series.ToString(),-18} {Time(forecast.MadeAtUs),-17} {Time(forecast.TargetTimeUs),-17} "
                + $"{forecast.LastClose,12:F4} {served.PredictedClose,12:F4} "
                + $"{Bound(interval.Lower),12} {Bound(interval.Upper),12}  {served.Strategy,-9} {served.Steps,6}"));
    }

    static string Header() =>
        $"{"series",-18} {"made at (UTC)",-17} {"target (UTC)",-17} "
            + $"{"last close",12} {"forecast",12} "
            + $"{"90 % from",12} {"to",12}  {"strategy",-9} {"step",6}";

    static string Bound(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "unbounded";

    static string Time(long timeUs)
    {
        var time = DateTime.UnixEpoch.AddMicroseconds(timeUs);
        return time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}

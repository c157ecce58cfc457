using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;

namespace Kafka.Stock.Trainer;

/// <summary>Watches the standardised loss of the strategy served. An alarm is published; it changes no model.</summary>
sealed class DriftWatch
{
    readonly IDriftDetector[] _detectors = [new Adwin(), new PageHinkley()];

    public int StateBytes => _detectors.Sum(detector => detector.StateBytes);

    /// <summary>Takes the loss of a scored forecast: |error| in units of the scale that its interval was made with.</summary>
    /// <returns>Alarm when a detector fired at this bar.</returns>
    public DriftState Update(in SeriesId series, long atUs, double loss, IOutput output)
    {
        var state = DriftState.Stable;
        foreach (var detector in _detectors)
        {
            if (!detector.Update(loss)) continue;
            state = DriftState.Alarm;
            output.Publish(StockTopics.Drift, series.Symbol, new DriftAlarm(
                series, atUs, detector.Name, Strategies.Served, detector.Before, detector.After, detector.Count));
        }

        return state;
    }

    public void Write(ref StateWriter writer)
    {
        foreach (var detector in _detectors) detector.Write(ref writer);
    }

    public void Read(ref StateReader reader)
    {
        foreach (var detector in _detectors) detector.Read(ref reader);
    }
}

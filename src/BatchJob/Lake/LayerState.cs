using Kafka.Stock.Contracts;
using Kafka.Stock.Learning;
using Kafka.Stock.Topology;

namespace Kafka.Stock.BatchJob;

/// <summary>The Topology's states in the carried state of a rebuild.</summary>
static class LayerState
{
    public static void WriteSeries(LayerStateWriter output, SeriesStates<TopologyState> states)
    {
        output.Int(states.Count);
        foreach (var series in states.Series)
        {
            var state = states.GetOrAdd(series);
            var bytes = new byte[state.StateBytes];
            var writer = new StateWriter(bytes);
            state.Write(ref writer);
            output.Text(series.ToString());
            output.Bytes(bytes.AsSpan(0, writer.Position));
        }
    }

    public static void ReadSeries(LayerStateReader input, SeriesStates<TopologyState> states, FeaturePipeline pipeline)
    {
        for (var left = input.Count(int.MaxValue); left > 0; left--)
        {
            var series = SeriesId.Parse(input.Text());
            var state = new TopologyState();
            state.Begin(pipeline);
            var reader = new StateReader(input.Bytes());
            state.Read(ref reader);
            states.Set(series, state);
        }
    }
}

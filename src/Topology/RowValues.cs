using Kafka.Stock.Learning;

namespace Kafka.Stock.Topology;

/// <summary>What a row holds besides its features.</summary>
/// <param name="BarEndUs">End of its bar, microseconds since 1970 UTC.</param>
/// <param name="TargetEndUs">End of the bar that gave the label; 0 while it is pending.</param>
/// <param name="Close">Close of its bar, dollars at today's split scale.</param>
/// <param name="TargetClose">Close of the target's bar.</param>
/// <param name="TargetReturn">Label: ln(target close) - ln(close).</param>
/// <param name="Scale">s(t) at its bar.</param>
readonly record struct RowValues(long BarEndUs, long TargetEndUs, double Close, double TargetClose, double TargetReturn, double Scale)
{
    public const int StateBytes = 48;

    public void Write(ref StateWriter writer)
    {
        writer.Int64(BarEndUs);
        writer.Int64(TargetEndUs);
        writer.Double(Close);
        writer.Double(TargetClose);
        writer.Double(TargetReturn);
        writer.Double(Scale);
    }

    public static RowValues Read(ref StateReader reader) => new(
        reader.Int64(), reader.Int64(), reader.Double(), reader.Double(), reader.Double(), reader.Double());
}

namespace Kafka.Stock.Cli;

/// <summary>How far a run is.</summary>
/// <param name="Done">Share of the input that has been read, 0 to 1.</param>
/// <param name="Records">Market records published.</param>
/// <param name="EventTimeUs">Event time reached, microseconds since 1970 UTC; 0 before the first record.</param>
/// <param name="Elapsed">Time since the start.</param>
readonly record struct RunProgress(double Done, long Records, long EventTimeUs, TimeSpan Elapsed)
{
    /// <summary>Records a second since the start.</summary>
    public double Rate => Elapsed.TotalSeconds > 0 ? Records / Elapsed.TotalSeconds : 0;

    /// <summary>Time left when it goes on as until now; null before anything is known.</summary>
    public TimeSpan? Left => Done is > 0.01 and <= 1 ? Elapsed * ((1 - Done) / Done) : null;
}

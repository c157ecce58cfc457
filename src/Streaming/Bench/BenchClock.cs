namespace Kafka.Stock.Streaming;

/// <summary>Time and allocation from the first record of a round to its end.</summary>
sealed class BenchClock(int records)
{
    long _started;
    long _bytesBefore;
    int _seen;

    /// <summary>Sees a record.</summary>
    /// <returns>True for the last.</returns>
    public bool See()
    {
        if (_seen++ == 0)
        {
            _bytesBefore = GC.GetTotalAllocatedBytes();
            _started = TimeProvider.System.GetTimestamp();
        }

        return _seen == records;
    }

    /// <summary>Ends the round.</summary>
    public (double Rate, double Bytes) Stop()
    {
        var seconds = TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
        return ((records - 1) / seconds, (GC.GetTotalAllocatedBytes() - _bytesBefore) / (double)records);
    }
}

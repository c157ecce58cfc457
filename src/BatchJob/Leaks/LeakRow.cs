namespace Kafka.Stock.BatchJob;

/// <summary>A row as a hand-made system would lay it out: what is known at a bar, and what isn't.</summary>
/// <param name="Series">Place of its series.</param>
/// <param name="Features">Of the pipeline, known at the bar.</param>
/// <param name="Move">Log return of the bar itself in units of the scale, clipped to +-5.</param>
/// <param name="Target">Log return of the next bar in units of the scale, clipped to +-5.</param>
/// <param name="Scale">Scale known at the bar.</param>
/// <param name="Close">Close of the bar, dollars.</param>
/// <param name="NextClose">Close of the next bar.</param>
/// <param name="Average">Mean of open, high, low and close of the bar over the close before it, log, in units of the scale.</param>
/// <param name="NextAverage">The same of the next bar: not known yet.</param>
/// <param name="ToMean4">Log close over the mean of four closes in units of three scales: its own and those of the three past rows that
/// its micro-batch drew.</param>
sealed record LeakRow(
    int Series, double[] Features, double Move, double Target, double Scale, double Close, double NextClose, double Average,
    double NextAverage, double ToMean4);

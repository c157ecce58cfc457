namespace Kafka.Stock.Contracts;

/// <summary>A source's word that nothing before <paramref name="TimeUs"/> comes any more for this symbol: only it closes windows.</summary>
/// <param name="Symbol">As traded; also the Kafka key.</param>
/// <param name="Source">Who gives the word.</param>
/// <param name="TimeUs">Microseconds since 1970 UTC.</param>
/// <param name="Sequence">Rises by record within (symbol, source).</param>
public readonly record struct Watermark(string Symbol, string Source, long TimeUs, long Sequence);

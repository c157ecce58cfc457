namespace Kafka.Stock.Ingestor;

/// <summary>Reads the next bytes of an input, at least one; 0 at its end.</summary>
delegate int ReadBytes(Span<byte> target);

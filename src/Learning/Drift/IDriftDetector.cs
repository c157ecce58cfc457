namespace Kafka.Stock.Learning;

/// <summary>Watches a stream of losses and says when their mean has changed. Fixed memory, no allocation after construction.</summary>
public interface IDriftDetector
{
    /// <summary>Its name on the wire.</summary>
    string Name { get; }

    /// <summary>Values seen since construction.</summary>
    long Count { get; }

    /// <summary>Mean before the change, as of the last alarm; 0 before the first.</summary>
    double Before { get; }

    /// <summary>Mean after the change, as of the last alarm; 0 before the first.</summary>
    double After { get; }

    /// <summary>Bytes of its saved state.</summary>
    int StateBytes { get; }

    /// <summary>Takes a value; one that isn't finite is left out.</summary>
    /// <returns>True at an alarm; afterwards it watches anew.</returns>
    bool Update(double value);

    /// <summary>Saves it, bit-exact.</summary>
    void Write(ref StateWriter writer);

    /// <summary>Restores what <see cref="Write"/> saved.</summary>
    /// <exception cref="StateFormatException">The bytes are truncated or of another layout.</exception>
    void Read(ref StateReader reader);
}

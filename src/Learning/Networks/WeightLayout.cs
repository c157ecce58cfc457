namespace Kafka.Stock.Learning;

/// <summary>Where the weights of a network lie in its flat array: W1 [inputs][padded hidden], b1 and W2 [padded hidden] each, b2
/// [8].</summary>
/// <remarks>Hidden units are padded to a multiple of 8, so that every kernel works on whole vectors; the padding is 0 and stays 0.
/// Outside, weights have no padding and lie as W1 [hidden][inputs], b1, W2, b2.</remarks>
readonly struct WeightLayout
{
    /// <summary>Floats in a vector.</summary>
    public const int Lanes = 8;

    public WeightLayout(NetworkShape shape)
    {
        Inputs = shape.Inputs;
        Hidden = shape.Hidden;
        Padded = (shape.Hidden + Lanes - 1) / Lanes * Lanes;
    }

    public int Inputs { get; }

    public int Hidden { get; }

    public int Padded { get; }

    public int Bias1 => Inputs * Padded;

    public int Weights2 => Bias1 + Padded;

    public int Bias2 => Weights2 + Padded;

    /// <summary>Length of the flat array.</summary>
    public int Length => Bias2 + Lanes;

    /// <summary>From the flat array to the form without padding.</summary>
    public void Unpad(ReadOnlySpan<float> flat, Span<float> plain)
    {
        for (var unit = 0; unit < Hidden; unit++)
        {
            for (var input = 0; input < Inputs; input++) plain[unit * Inputs + input] = flat[input * Padded + unit];
        }

        var at = Hidden * Inputs;
        flat.Slice(Bias1, Hidden).CopyTo(plain[at..]);
        flat.Slice(Weights2, Hidden).CopyTo(plain[(at + Hidden)..]);
        plain[at + 2 * Hidden] = flat[Bias2];
    }

    /// <summary>From the form without padding to the flat array.</summary>
    public void Pad(ReadOnlySpan<float> plain, Span<float> flat)
    {
        flat.Clear();
        for (var unit = 0; unit < Hidden; unit++)
        {
            for (var input = 0; input < Inputs; input++) flat[input * Padded + unit] = plain[unit * Inputs + input];
        }

        var at = Hidden * Inputs;
        plain.Slice(at, Hidden).CopyTo(flat[Bias1..]);
        plain.Slice(at + Hidden, Hidden).CopyTo(flat[Weights2..]);
        flat[Bias2] = plain[at + 2 * Hidden];
    }

    /// <summary>Writes a flat array without its padding.</summary>
    public void Write(ref StateWriter writer, ReadOnlySpan<float> flat)
    {
        for (var unit = 0; unit < Hidden; unit++)
        {
            for (var input = 0; input < Inputs; input++) writer.Single(flat[input * Padded + unit]);
        }

        writer.Singles(flat.Slice(Bias1, Hidden));
        writer.Singles(flat.Slice(Weights2, Hidden));
        writer.Single(flat[Bias2]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader reader, Span<float> flat)
    {
        flat.Clear();
        for (var unit = 0; unit < Hidden; unit++)
        {
            for (var input = 0; input < Inputs; input++) flat[input * Padded + unit] = reader.Single();
        }

        reader.Singles(flat.Slice(Bias1, Hidden));
        reader.Singles(flat.Slice(Weights2, Hidden));
        flat[Bias2] = reader.Single();
    }
}

namespace Kafka.Stock.Learning;

/// <summary>Draws past rows for a micro-batch, the younger the likelier.</summary>
public static class ReplaySampler
{
    const int TriesPerAge = 32;

    /// <summary>Draws different ages with p ~ e^(-lambda age): inverse of the truncated geometric distribution, repeats drawn
    /// again.</summary>
    /// <param name="random">Chance of this bar.</param>
    /// <param name="available">Past rows there are; the youngest has age 0.</param>
    /// <param name="wanted">How many ages to draw.</param>
    /// <param name="lambda">Recency bias per row of age, finite and not below 0; 0 draws uniformly.</param>
    /// <param name="ages">Receives the ages, oldest (largest) first; at least min(wanted, available) long.</param>
    /// <returns>min(wanted, available): all rows where there are no more than wanted.</returns>
    /// <exception cref="ArgumentException">A number is negative, lambda isn't finite, or there is too little room.</exception>
    /// <remarks>O(1) a draw. After 32 repeats in a row the age is drawn from what is left by a scan, O(available): the same distribution,
    /// and an end for every input.</remarks>
    public static int Draw(in KeyedRandom random, int available, int wanted, double lambda, Span<int> ages)
    {
        if (available < 0 || wanted < 0) throw new ArgumentException("expected counts not below 0", nameof(wanted));
        if (!(lambda >= 0 && double.IsFinite(lambda))) throw new ArgumentException("expected a finite lambda, not below 0", nameof(lambda));
        var count = Math.Min(available, wanted);
        if (ages.Length < count) throw new ArgumentException("expected room for all ages wanted", nameof(ages));
        if (available <= wanted)
        {
            for (var i = 0; i < count; i++) ages[i] = count - 1 - i;
            return count;
        }

        var draw = 0u;
        for (var taken = 0; taken < count; taken++)
        {
            var age = DrawUntaken(random, ref draw, available, lambda, ages[..taken]);
            InsertFalling(ages, taken, age);
        }

        return count;
    }

    static int DrawUntaken(in KeyedRandom random, ref uint draw, int available, double lambda, ReadOnlySpan<int> taken)
    {
        for (var tries = 0; tries < TriesPerAge; tries++)
        {
            var age = Age(random.Uniform(draw++), available, lambda);
            if (!taken.Contains(age)) return age;
        }

        return ScanUntaken(random.Uniform(draw++), available, lambda, taken);
    }

    /// <summary>Age at which the distribution function passes u.</summary>
    static int Age(double u, int available, double lambda)
    {
        // Below this the distribution can't be told from the uniform one, and the quotient would lose its digits.
        if (lambda * available < 1e-9) return Math.Min((int)(u * available), available - 1);
        var mass = -PortableMath.Expm1(-lambda * available);
        var age = -PortableMath.Log1p(-u * mass) / lambda;
        return age < available ? (int)age : available - 1;
    }

    static int ScanUntaken(double u, int available, double lambda, ReadOnlySpan<int> taken)
    {
        var first = 0;
        while (taken.Contains(first)) first++;
        var total = 0.0;
        for (var age = first; age < available; age++)
        {
            if (!taken.Contains(age)) total += PortableMath.Exp(-lambda * (age - first));
        }

        var left = u * total;
        var last = first;
        for (var age = first; age < available; age++)
        {
            if (taken.Contains(age)) continue;
            last = age;
            left -= PortableMath.Exp(-lambda * (age - first));
            if (left < 0) break;
        }

        return last;
    }

    static void InsertFalling(Span<int> ages, int count, int age)
    {
        var at = count;
        for (; at > 0 && ages[at - 1] < age; at--) ages[at] = ages[at - 1];
        ages[at] = age;
    }
}

namespace Kafka.Stock.Contracts;

/// <summary>Arrays of numbers, and arrays that are filled in place: one that already has the right size is used again.</summary>
static class AvroArrays
{
    /// <summary>Room for a block of <paramref name="more"/> items after the <paramref name="used"/> that are there.</summary>
    /// <remarks>The first block gives the exact size, as nearly every writer makes one; later ones double it, so that a million
    /// small blocks cost no more than one big one.</remarks>
    public static TItem[] Fit<TItem>(TItem[] items, int used, int more)
    {
        var needed = used + more;
        var size = used == 0 ? needed : Math.Max(items.Length, needed > items.Length ? Math.Max(needed, items.Length * 2) : 0);
        if (size != items.Length) Array.Resize(ref items, size);
        return items;
    }

    /// <summary>The array cut to the items that were read.</summary>
    public static TItem[] Cut<TItem>(TItem[] items, int used)
    {
        if (used != items.Length) Array.Resize(ref items, used);
        return items;
    }

    /// <summary>Reads an array of finite floats into <paramref name="items"/> where it has the right length.</summary>
    public static float[] ReadFloats(ref AvroReader reader, float[] items)
    {
        var used = 0;
        while (reader.ReadBlock(sizeof(float)) is var count and > 0)
        {
            items = Fit(items, used, count);
            for (var end = used + count; used < end; used++) items[used] = reader.ReadFiniteFloat();
        }

        return Cut(items, used);
    }

    /// <summary>Reads an array of finite doubles into <paramref name="items"/> where it has the right length.</summary>
    public static double[] ReadDoubles(ref AvroReader reader, double[] items)
    {
        var used = 0;
        while (reader.ReadBlock(sizeof(double)) is var count and > 0)
        {
            items = Fit(items, used, count);
            for (var end = used + count; used < end; used++) items[used] = reader.ReadFiniteDouble();
        }

        return Cut(items, used);
    }

    /// <summary>Writes an array of finite floats.</summary>
    public static void Write(ref AvroWriter writer, ReadOnlySpan<float> items)
    {
        writer.WriteBlock(items.Length);
        foreach (var item in items) writer.WriteFiniteFloat(item);
        writer.WriteBlocksEnd();
    }

    /// <summary>Writes an array of finite doubles.</summary>
    public static void Write(ref AvroWriter writer, ReadOnlySpan<double> items)
    {
        writer.WriteBlock(items.Length);
        foreach (var item in items) writer.WriteFiniteDouble(item);
        writer.WriteBlocksEnd();
    }
}

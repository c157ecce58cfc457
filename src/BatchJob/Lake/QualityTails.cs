using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob;

/// <summary>Where the last pass of the quality gate ended, as an object of the lake.</summary>
/// <remarks>It can be lost: everything is checked again then.</remarks>
static class QualityTails
{
    public const string Key = "state/quality.bin";
    const int FormatVersion = 1;

    public static byte[] Write(long pass, IReadOnlyList<SeriesTail> tails)
    {
        using var buffer = new MemoryStream();
        using (var state = new LayerStateWriter(buffer))
        {
            state.Int(FormatVersion);
            state.Long(pass);
            state.Int(tails.Count);
            foreach (var tail in tails)
            {
                state.Text(tail.Series.ToString());
                state.Long(tail.EndUs);
                state.Truth(tail.Close is not null);
                state.Long(tail.Close?.Micros ?? 0);
                state.Long(tail.CloseEndUs);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>The tails, if they are those of the last pass that the table has.</summary>
    public static IReadOnlyList<SeriesTail> Read(byte[]? bytes, long pass)
    {
        if (bytes is null) return [];
        try
        {
            using var state = new LayerStateReader(new MemoryStream(bytes));
            if (state.Int() != FormatVersion || state.Long() != pass) return [];
            var tails = new List<SeriesTail>();
            for (var left = state.Count(int.MaxValue); left > 0; left--)
            {
                var (series, endUs, hasClose, micros) = (SeriesId.Parse(state.Text()), state.Long(), state.Truth(), state.Long());
                tails.Add(new SeriesTail(series, endUs, hasClose ? new Price(micros) : null, state.Long()));
            }

            return tails;
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            return [];
        }
    }
}

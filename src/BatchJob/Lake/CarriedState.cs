using System.Security.Cryptography;

namespace Kafka.Stock.BatchJob;

/// <summary>Where a rebuild stopped: the fold's states with how far bronze was, tied to the versions of the layers that it gave.</summary>
/// <param name="Epoch">Of the Topology's options.</param>
/// <param name="BarsVersion">Version of silver/bars that it belongs to.</param>
/// <param name="FeaturesVersion">Version of gold/features that it belongs to.</param>
/// <param name="MarketVersion">Version of bronze/market that was read.</param>
/// <param name="Market">Last offset that was folded, by topic and partition.</param>
/// <param name="Raw">The same of payloads.</param>
/// <param name="Folds">States of the workers, one after the other.</param>
sealed record CarriedState(
    long Epoch, long BarsVersion, long FeaturesVersion, long MarketVersion, IReadOnlyDictionary<(string Topic, int Partition), long> Market,
    IReadOnlyDictionary<(string Topic, int Partition), long> Raw, IReadOnlyList<byte[]> Folds)
{
    /// <summary>Its object in the lake. It can be lost: the next rebuild is a full one then.</summary>
    public const string Key = "state/rebuild.bin";

    const int FormatVersion = 1;
    const int HashBytes = 32;

    /// <summary>Bytes with their SHA-256 at the end.</summary>
    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var state = new LayerStateWriter(buffer))
        {
            state.Int(FormatVersion);
            foreach (var number in (ReadOnlySpan<long>)[Epoch, BarsVersion, FeaturesVersion, MarketVersion]) state.Long(number);
            Write(state, Market);
            Write(state, Raw);
            state.Int(Folds.Count);
            foreach (var fold in Folds) state.Bytes(fold);
        }

        buffer.Write(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        return buffer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <returns>Null for anything else: torn, another format.</returns>
    public static CarriedState? Read(byte[]? bytes)
    {
        if (bytes is null || bytes.Length < HashBytes) return null;
        var length = bytes.Length - HashBytes;
        if (!SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length))) return null;
        using var state = new LayerStateReader(new MemoryStream(bytes, 0, length));
        if (state.Int() != FormatVersion) return null;
        var (epoch, bars, features, market) = (state.Long(), state.Long(), state.Long(), state.Long());
        var (offsets, payloads) = (ReadOffsets(state), ReadOffsets(state));
        var folds = new byte[state.Count(int.MaxValue)][];
        for (var i = 0; i < folds.Length; i++) folds[i] = state.Bytes();
        return new CarriedState(epoch, bars, features, market, offsets, payloads, folds);
    }

    static void Write(LayerStateWriter state, IReadOnlyDictionary<(string Topic, int Partition), long> offsets)
    {
        state.Int(offsets.Count);
        foreach (var (place, offset) in offsets)
        {
            state.Text(place.Topic);
            state.Int(place.Partition);
            state.Long(offset);
        }
    }

    static SortedDictionary<(string Topic, int Partition), long> ReadOffsets(LayerStateReader state)
    {
        var offsets = new SortedDictionary<(string Topic, int Partition), long>();
        for (var left = state.Count(int.MaxValue); left > 0; left--) offsets[(state.Text(), state.Int())] = state.Long();
        return offsets;
    }
}

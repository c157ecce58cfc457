using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests;

/// <summary>What a rebuild and a quality pass carry to the next one, and the JSON that nested columns are made from.</summary>
public sealed class LayerStateTests
{
    [Fact]
    public void Values_come_back_bit_for_bit() => Prop.ForAll(
        ArbMap.Default.ArbFor<double>(), ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<float[]>(), (number, whole, floats) =>
        {
            using var buffer = new MemoryStream();
            using (var writer = new LayerStateWriter(buffer))
            {
                writer.Double(number);
                writer.Long(whole);
                writer.Floats(floats);
                writer.Floats(null);
                writer.Text($"é\0{whole}");
                writer.Bytes(BitConverter.GetBytes(whole));
            }

            buffer.Position = 0;
            using var reader = new LayerStateReader(buffer);
            Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(reader.Double()));
            Assert.Equal(whole, reader.Long());
            Assert.Equal(floats.Select(BitConverter.SingleToInt32Bits), reader.Floats()!.Select(BitConverter.SingleToInt32Bits));
            Assert.Null(reader.Floats());
            Assert.Equal($"é\0{whole}", reader.Text());
            Assert.Equal(BitConverter.GetBytes(whole), reader.Bytes());
            Assert.Equal(buffer.Length, buffer.Position);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_carried_state_comes_back_and_a_changed_byte_or_a_torn_end_makes_it_none()
    {
        var state = Carried();
        var bytes = state.ToBytes();
        var back = CarriedState.Read(bytes)!;
        Assert.Equal((1L, 2L, 3L, 4L), (back.Epoch, back.BarsVersion, back.FeaturesVersion, back.MarketVersion));
        Assert.Equal(state.Market, back.Market);
        Assert.Equal(state.Raw, back.Raw);
        Assert.Equal(state.Folds, back.Folds);
        Assert.Equal(bytes, back.ToBytes());

        Assert.Null(CarriedState.Read(null));
        Assert.Null(CarriedState.Read([]));
        for (var length = 0; length < bytes.Length; length++) Assert.Null(CarriedState.Read(bytes[..length]));
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            Assert.Null(CarriedState.Read(changed));
        }
    }

    [Fact]
    public void Tails_of_a_pass_come_back_for_that_pass_alone()
    {
        SeriesTail[] tails =
        [
            new(SeriesId.Parse("AAPL/1d/csv"), 5, new Price(7), 4),
            new(SeriesId.Parse("SPY/1m/iex"), 9, null, 0),
        ];
        var bytes = QualityTails.Write(3, tails);
        Assert.Equal(tails, QualityTails.Read(bytes, 3));
        Assert.Empty(QualityTails.Read(bytes, 2));
        Assert.Empty(QualityTails.Read(null, 3));
        for (var length = 0; length < bytes.Length; length++) Assert.Empty(QualityTails.Read(bytes[..length], 3));
    }

    [Fact]
    public void Numbers_of_cells_are_read_by_any_JSON_reader_to_the_same_bits() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<long>(), (normal, whole) =>
        {
            var number = normal.Get;
            var cells = new JsonCells().Open('[').Number(number).Number(-0.0).Number((double?)null).Whole(whole).Truth(true).Close(']');
            var read = JsonSerializer.Deserialize<JsonElement[]>(cells.Written)!;
            Assert.Equal(BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(read[0].GetDouble()));
            Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(read[1].GetDouble()));
            Assert.Equal(JsonValueKind.Null, read[2].ValueKind);
            Assert.Equal(whole, read[3].GetInt64());
            Assert.True(read[4].GetBoolean());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Texts_of_cells_are_read_back_by_any_JSON_reader() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var valid = new string([.. text.Get.Where(one => !char.IsSurrogate(one))]);
            var cells = new JsonCells().Open('{').Name("a\"b").String(valid).Name("c").Open('[').Close(']').Name("d").Whole(1).Close('}');
            var read = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(cells.Written)!;
            Assert.Equal(["a\"b", "c", "d"], read.Keys);
            Assert.Equal(valid, read["a\"b"].GetString());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cleared_cells_begin_anew_without_a_comma()
    {
        var cells = new JsonCells().Open('[').Whole(1).Whole(2).Close(']');
        Assert.Equal("[1,2]"u8.ToArray(), cells.Written.ToArray());
        Assert.Equal("[3]"u8.ToArray(), cells.Clear().Open('[').Whole(3).Close(']').Written.ToArray());
    }

    static CarriedState Carried() => new(
        1, 2, 3, 4,
        new SortedDictionary<(string Topic, int Partition), long>
        {
            [("stock.market.v1", 0)] = 10,
            [("stock.market.v1", 7)] = long.MaxValue,
        },
        new SortedDictionary<(string Topic, int Partition), long> { [("stock.raw.v1", 1)] = 0 },
        [[1, 2, 3], [], [9]]);
}

using System.Buffers;

namespace Kafka.Stock.Contracts.Tests;

/// <summary>Every record type behind one face, so that a test says once what it asks of all.</summary>
public sealed class RecordCodec
{
    readonly Func<byte[], object> _read;
    readonly Func<object, byte[]> _write;

    RecordCodec(string schemaName, Func<byte[], object> read, Func<object, byte[]> write) =>
        (SchemaName, _read, _write) = (schemaName, read, write);

    /// <summary>New ones at each call: they keep what they read, and test classes run at once.</summary>
    public static IReadOnlyList<RecordCodec> All =>
    [
        Of<Tick>(), Of<SourceBar>(), Of<Watermark>(), Of<CorporateAction>(), Of<IngestPosition>(), Of<RawPayload>(), Of<Bar>(),
        Of<MicroBatch>(), Of<ModelPromotion>(), Of<Forecast>(), Of<Score>(), Of<DriftAlarm>(),
        Of<FoldProgress>(), Of<FoldStatePart>(), Of<FoldSkip>(), Of<FoldEpoch>(),
        Of<ReferenceBar>(), Of<RetrainDecision>(),
    ];

    public static IEnumerable<object[]> Names => All.Select(codec => new object[] { codec.SchemaName });

    public string SchemaName { get; }

    public static RecordCodec Get(string schemaName) => All.Single(codec => codec.SchemaName == schemaName);

    public object Read(byte[] body) => _read(body);

    public byte[] Write(object value) => _write(value);

    /// <summary>Reads into one value over and over, as a fold does, so that leftovers of the last record would show.</summary>
    static RecordCodec Of<TRecord>()
        where TRecord : IAvroRecord<TRecord>
    {
        var names = new NamePool(64);
        TRecord? reused = default;
        return new RecordCodec(
            TRecord.SchemaName,
            body =>
            {
                AvroBody.Read(body, names, ref reused);
                return reused!;
            },
            value =>
            {
                var output = new ArrayBufferWriter<byte>();
                AvroBody.Write((TRecord)value, output);
                return output.WrittenSpan.ToArray();
            });
    }
}

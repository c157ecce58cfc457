namespace Kafka.Stock.Contracts;

/// <summary>A step of a resolution plan: reads one value as the writer wrote it, writes it as the reader expects it.</summary>
sealed class AvroPlanStep(AvroPlanStep.Op code)
{
    /// <summary>What a step does.</summary>
    internal enum Op
    {
        /// <summary>Nothing.</summary>
        Null,

        /// <summary>Copies a boolean.</summary>
        Boolean,

        /// <summary>Copies an int, also as a long: both are varints.</summary>
        Int,

        /// <summary>Copies a long.</summary>
        Long,

        /// <summary>Copies a float.</summary>
        Float,

        /// <summary>Copies a double.</summary>
        Double,

        /// <summary>Copies bytes.</summary>
        Bytes,

        /// <summary>Copies UTF-8, also from or to bytes: it is checked either way.</summary>
        Text,

        /// <summary>Copies <see cref="Number"/> bytes.</summary>
        Fixed,

        /// <summary>An int or long becomes a float.</summary>
        ToFloat,

        /// <summary>An int or long becomes a double.</summary>
        ToDouble,

        /// <summary>A float becomes a double.</summary>
        FloatToDouble,

        /// <summary>A symbol's index becomes another by <see cref="Symbols"/>.</summary>
        Enum,

        /// <summary>Items by <see cref="Inner"/>.</summary>
        Array,

        /// <summary>Values by <see cref="Inner"/>.</summary>
        Map,

        /// <summary>The writer's branch picks one of <see cref="Steps"/>.</summary>
        Union,

        /// <summary>Writes branch <see cref="Number"/> of the reader's union, then <see cref="Inner"/>.</summary>
        Wrap,

        /// <summary>Runs <see cref="Steps"/> in order: the fields that both have come in the same order.</summary>
        Record,

        /// <summary>Finds where each of the writer's fields begins, then runs <see cref="Steps"/>; <see cref="Symbols"/> says which
        /// field each wants, -1: none.</summary>
        Reordered,

        /// <summary>Reads a value of <see cref="Writer"/> that the reader doesn't want.</summary>
        Skip,

        /// <summary>Writes <see cref="Default"/>.</summary>
        Default,

        /// <summary>Throws: <see cref="Refusal"/>.</summary>
        Refuse,
    }

    public Op Code { get; set; } = code;

    public int Number { get; set; }

    public int[] Symbols { get; set; } = [];

    public AvroPlanStep[] Steps { get; set; } = [];

    public AvroPlanStep? Inner { get; set; }

    public AvroSchema? Writer { get; set; }

    public ReadOnlyMemory<byte> Default { get; set; }

    /// <summary>What the reader can't read. An enum has one beside its symbols when some of them are unknown.</summary>
    public AvroIncompatibility? Refusal { get; set; }
}

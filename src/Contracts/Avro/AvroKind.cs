namespace Kafka.Stock.Contracts;

/// <summary>The types of Avro.</summary>
public enum AvroKind
{
    /// <summary>No value: no bytes.</summary>
    Null,

    /// <summary>One byte.</summary>
    Boolean,

    /// <summary>32 bits, as a zigzag varint.</summary>
    Int,

    /// <summary>64 bits, as a zigzag varint.</summary>
    Long,

    /// <summary>IEEE 754, 4 bytes.</summary>
    Float,

    /// <summary>IEEE 754, 8 bytes.</summary>
    Double,

    /// <summary>Bytes after their length.</summary>
    Bytes,

    /// <summary>UTF-8 after its length.</summary>
    String,

    /// <summary>Fields in order.</summary>
    Record,

    /// <summary>The index of a symbol.</summary>
    Enum,

    /// <summary>Blocks of items.</summary>
    Array,

    /// <summary>Blocks of keys and values.</summary>
    Map,

    /// <summary>The index of a branch, then its value.</summary>
    Union,

    /// <summary>A known number of bytes.</summary>
    Fixed,
}

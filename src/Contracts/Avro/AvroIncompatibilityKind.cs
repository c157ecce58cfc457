namespace Kafka.Stock.Contracts;

/// <summary>Why a reader's schema can't read all that a writer's schema allows.</summary>
public enum AvroIncompatibilityKind
{
    /// <summary>The types differ, and none is promoted to the other.</summary>
    TypeMismatch,

    /// <summary>Named types with other names, and no alias says that they are the same.</summary>
    NameMismatch,

    /// <summary>Fixed types of other lengths.</summary>
    FixedSizeMismatch,

    /// <summary>The writer's enum has symbols that the reader's lacks, and the reader's has no default.</summary>
    MissingEnumSymbols,

    /// <summary>The reader's union has no branch for a type of the writer.</summary>
    MissingUnionBranch,

    /// <summary>The reader has a field without default that the writer lacks.</summary>
    ReaderFieldMissingDefaultValue,

    /// <summary>Decimals of another precision or scale: the same bytes would be another number.</summary>
    DecimalMismatch,
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kafka.Stock.Contracts;

/// <summary>Throws what is wrong with a body. Apart from the readers, so that these stay small enough to be inlined.</summary>
static class AvroDefect
{
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Throw(int offset, string found, string expected) =>
        throw new RecordDefectException(string.Create(CultureInfo.InvariantCulture, $"byte {offset}"), found, expected);
}

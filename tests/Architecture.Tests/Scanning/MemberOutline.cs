namespace Kafka.Stock.Architecture.Tests;

/// <summary>A member with a body, from its signature (attributes and comments apart) to its last brace.</summary>
sealed record MemberOutline(string Name, int Line, int Lines);

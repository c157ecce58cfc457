namespace Kafka.Stock.Streaming;

/// <summary>Tells which client properties hold secrets: their values reach no log and no message.</summary>
static class SecretNames
{
    static readonly string[] s_marks = ["password", "secret", "token", "jaas", "key.pem", "private", "credential", "oauthbearer.config"];

    /// <summary>What is shown in place of a secret.</summary>
    public const string Hidden = "(hidden)";

    /// <summary>True when the value must not be shown.</summary>
    public static bool IsSecret(string name) => Array.Exists(s_marks, mark => name.Contains(mark, StringComparison.OrdinalIgnoreCase));
}

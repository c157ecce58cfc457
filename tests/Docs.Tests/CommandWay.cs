namespace Kafka.Stock.Docs.Tests;

/// <summary>How a command of a document is tried.</summary>
enum CommandWay
{
    /// <summary>It ends by itself, with exit code 0.</summary>
    ToTheEnd,

    /// <summary>It says that it is running, is interrupted as by Ctrl-C, and ends with exit code 0.</summary>
    UntilStopped,

    /// <summary>It isn't tried.</summary>
    NotAtAll,
}

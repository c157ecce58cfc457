using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming;

/// <summary>The one place that sorts errors of the Kafka client into verdicts; nobody else looks at error codes.</summary>
public static class ClientErrors
{
    /// <summary>Retry: the world may be better in a moment. Skip: this record alone is at fault. Stop: somebody has to decide.</summary>
    public static Verdict VerdictOf(ErrorCode code) => code switch
    {
        ErrorCode.Local_Transport or ErrorCode.Local_TimedOut or ErrorCode.Local_MsgTimedOut or ErrorCode.Local_AllBrokersDown
            or ErrorCode.Local_Resolve or ErrorCode.Local_QueueFull or ErrorCode.Local_WaitCoord or ErrorCode.Local_Retry
            or ErrorCode.Local_TimedOutQueue or ErrorCode.Local_WaitCache or ErrorCode.Local_InProgress
            or ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderForPartition or ErrorCode.RequestTimedOut
            or ErrorCode.BrokerNotAvailable or ErrorCode.ReplicaNotAvailable or ErrorCode.NetworkException
            or ErrorCode.GroupLoadInProgress or ErrorCode.GroupCoordinatorNotAvailable or ErrorCode.NotCoordinatorForGroup
            or ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend or ErrorCode.RebalanceInProgress
            or ErrorCode.KafkaStorageError or ErrorCode.PreferredLeaderNotAvailable or ErrorCode.UnstableOffsetCommit
            or ErrorCode.ConcurrentTransactions or ErrorCode.FencedLeaderEpoch or ErrorCode.UnknownLeaderEpoch => Verdict.Retry,
        ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidRecord or ErrorCode.InvalidMsgSize => Verdict.Skip,
        _ => Verdict.Stop,
    };

    /// <summary>An error of the client as one of ours.</summary>
    /// <param name="where">Topic, partition and offset, or what was being done.</param>
    /// <param name="error">As the client gives it.</param>
    /// <param name="expected">What should have happened.</param>
    /// <param name="cause">The client's exception, if there is one.</param>
    public static StreamException ToException(string where, Error error, string expected, Exception? cause = null)
    {
        var verdict = error.IsFatal ? Verdict.Stop : VerdictOf(error.Code);
        return new StreamException(verdict, where, $"{error.Code} ({error.Reason})", $"{expected}{Remedy(error.Code)}", cause);
    }

    /// <summary>An error code of the native client as one of our errors.</summary>
    internal static StreamException ToException(string where, int code, string expected, string? detail = null)
    {
        var text = NativeMethods.Text(NativeMethods.ErrorText(code));
        return ToException(where, new Error((ErrorCode)code, detail is null ? text : $"{text}; {detail}"), expected);
    }

    static string Remedy(ErrorCode code) => code switch
    {
        ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange =>
            "; the log no longer has this offset: start over from what is left by deleting the group's offsets, or restore the topic",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition =>
            "; `kstock topics create` makes it",
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed =>
            "; ask the broker's operator for the right",
        ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.Local_MsgTimedOut or ErrorCode.Local_TimedOut =>
            "; is the broker up, and its address right?",
        _ => "",
    };
}

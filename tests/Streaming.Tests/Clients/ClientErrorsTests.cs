using Confluent.Kafka;
using Kafka.Stock.Contracts;

namespace Kafka.Stock.Streaming.Tests;

public sealed class ClientErrorsTests
{
    [Theory]
    [InlineData(ErrorCode.Local_Transport, Verdict.Retry)]
    [InlineData(ErrorCode.Local_MsgTimedOut, Verdict.Retry)]
    [InlineData(ErrorCode.NotLeaderForPartition, Verdict.Retry)]
    [InlineData(ErrorCode.MsgSizeTooLarge, Verdict.Skip)]
    [InlineData(ErrorCode.TopicAuthorizationFailed, Verdict.Stop)]
    [InlineData(ErrorCode.UnknownTopicOrPart, Verdict.Stop)]
    [InlineData(ErrorCode.Local_AutoOffsetReset, Verdict.Stop)]
    [InlineData(ErrorCode.Local_Fatal, Verdict.Stop)]
    [InlineData(ErrorCode.Unknown, Verdict.Stop)]
    public void Each_code_has_its_verdict(ErrorCode code, Verdict verdict) => Assert.Equal(verdict, ClientErrors.VerdictOf(code));

    [Fact]
    public void A_fatal_error_stops_whatever_its_code()
    {
        var error = ClientErrors.ToException("here", new Error(ErrorCode.Local_Transport, "gone", isFatal: true), "a client");
        Assert.Equal(Verdict.Stop, error.Verdict);
        Assert.Equal("here", error.Where);
        Assert.Contains("gone", error.Found, StringComparison.Ordinal);
    }
}

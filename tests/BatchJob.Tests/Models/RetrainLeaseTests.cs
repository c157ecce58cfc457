using Kafka.Stock.Contracts;

namespace Kafka.Stock.BatchJob.Tests.Models;

public sealed class RetrainLeaseTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task One_of_many_takers_gets_it()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TryTakeAsync()));
        Assert.Single(taken, lease => lease is not null);
    }

    [Fact]
    public async Task Who_comes_second_is_told_who_has_it_and_what_to_do()
    {
        await using var first = await TakeAsync();
        var refusal = await Assert.ThrowsAsync<RefusedException>(TakeAsync);
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName} since ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(RetrainLease.Key, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("delete this object when that process is gone", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_back_it_can_be_taken_again_and_leaves_nothing()
    {
        for (var i = 0; i < 3; i++)
        {
            await using (await TakeAsync()) Assert.True(File.Exists(_scratch.PathTo(RetrainLease.Key)));
            Assert.False(File.Exists(_scratch.PathTo(RetrainLease.Key)));
        }
    }

    [Fact]
    public async Task A_refused_taker_leaves_the_lease_of_the_other_alone()
    {
        await using var first = await TakeAsync();
        var before = await File.ReadAllTextAsync(_scratch.PathTo(RetrainLease.Key));
        Assert.Null(await TryTakeAsync());
        Assert.Equal(before, await File.ReadAllTextAsync(_scratch.PathTo(RetrainLease.Key)));
    }

    Task<RetrainLease> TakeAsync() => RetrainLease.TakeAsync(_scratch.Store.Objects, TimeProvider.System, CancellationToken.None);

    async Task<RetrainLease?> TryTakeAsync()
    {
        try
        {
            return await TakeAsync();
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}

using Aurum.Cluster.Kafka;
using Aurum.Store.Engines;

namespace Aurum.App.Ticks.Lanes;

/// <summary>Hands batches that can be read by themselves to Kafka, and answers each when brokers have it. Batches of one sender come to
/// their lanes in the order in which they were handed over. Safe from several threads.</summary>
/// <param name="publisher">Sends them.</param>
internal sealed class PublishedBatches(TickPublisher publisher)
{
    private readonly Lock _gate = new();

    /// <summary>Batches with keys that brokers have not acknowledged yet: one that comes again meanwhile waits for the first.</summary>
    private readonly Dictionary<TickKey, Task<TickReceipt>> _open = [];

    /// <summary>Hands a batch over.</summary>
    /// <returns>Completes when brokers have it, and its key is remembered.</returns>
    /// <exception cref="TickServiceException">Brokers or store do not take it.</exception>
    public async ValueTask<Task<TickReceipt>> QueueAsync(TickSubmission batch, CancellationToken cancel)
    {
        if (batch.IdempotencyKey is not { } name)
        {
            return AcknowledgedAsync(await SendAsync(batch, cancel), batch);
        }

        var key = new TickKey(batch.Options.Tenant, name);
        var answer = new TaskCompletionSource<TickReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_open.TryGetValue(key, out var first))
            {
                return RepeatedAsync(first);
            }

            _open.Add(key, answer.Task);
        }

        var begun = BeginAsync(batch, name, cancel);
        await ((Task)begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return AnswerAsync(key, answer, begun.Unwrap());
    }

    private static TickReceipt Receipt(long messages, bool isRepeat) =>
        new(0, messages, 0, 0, 0, 0, [], isRepeat) { Published = messages };

    private static async Task<TickReceipt> RepeatedAsync(Task<TickReceipt> first)
    {
        try
        {
            return (await first) with { IsRepeat = true };
        }
        catch (OperationCanceledException gone)
        {
            // Another one's cancellation: whoever waits here has not gone away, and is to know that nothing was sent.
            throw new TickServiceException("whoever sent this batch first went away before it was sent", gone);
        }
    }

    private async Task<Task<TickReceipt>> BeginAsync(TickSubmission batch, string name, CancellationToken cancel) =>
        Recall(batch.Options.Tenant, name) is { } before
            ? Task.FromResult(Receipt(before, isRepeat: true))
            : AcknowledgedAsync(await SendAsync(batch, cancel), batch);

    private async Task<TickReceipt> AnswerAsync(TickKey key, TaskCompletionSource<TickReceipt> answer, Task<TickReceipt> done)
    {
        await ((Task)done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _open.Remove(key);
        }

        answer.SetFromTask(done);

        // Maybe nobody waits for it: then a failure is not one that nobody saw.
        _ = answer.Task.Exception;
        return await done;
    }

    private long? Recall(string tenant, string name)
    {
        try
        {
            return publisher.Recall(tenant, name);
        }
        catch (EngineException away)
        {
            throw new TickServiceException(away.Reason, away);
        }
    }

    private async Task<RawSender> SendAsync(TickSubmission batch, CancellationToken cancel)
    {
        try
        {
            var sender = await publisher.OpenAsync(TickPublisher.BlockMessages, cancel);
            var router = sender.NewRouter(batch.Options);
            await sender.AddAsync(router, batch.Options, batch.Bytes, cancel);
            sender.SendRest(router, batch.Options, cancel);
            return sender;
        }
        catch (BrokerException refused)
        {
            throw new TickServiceException(refused.Message, refused);
        }
    }

    /// <summary>Waits for brokers whatever the sender does: who goes away takes nothing back.</summary>
    private async Task<TickReceipt> AcknowledgedAsync(RawSender sender, TickSubmission batch)
    {
        try
        {
            await sender.FlushAsync(CancellationToken.None);
            if (batch.IdempotencyKey is { } key)
            {
                publisher.Remember(batch.Options.Tenant, [(key, sender.Messages)]);
            }

            return Receipt(sender.Messages, isRepeat: false);
        }
        catch (BrokerException refused)
        {
            throw new TickServiceException(refused.Message, refused);
        }
        catch (EngineException away)
        {
            throw new TickServiceException(away.Reason, away);
        }
    }
}

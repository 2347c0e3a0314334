using Aurum.Cluster.Redis;

namespace Aurum.App.Api.Events;

/// <summary>Hears of deliveries that another process stored, so that those who follow <c>/v1/events</c> here are told at once instead of
/// at the next look.</summary>
internal sealed class UpdateListener(Func<CancellationToken, IAsyncEnumerable<RedisMessage>> updates, CommitTail tail) : BackgroundService
{
    private const string Deliveries = ":updates:delivery:";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var message in updates(stoppingToken))
            {
                // After a gap too: nobody knows what was missed.
                if (message.IsGap || message.Channel.Contains(Deliveries, StringComparison.Ordinal))
                {
                    tail.Hurry();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped as asked.
        }
    }
}

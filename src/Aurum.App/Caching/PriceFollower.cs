using Aurum.App.Ticks;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Prices;

namespace Aurum.App.Caching;

/// <summary>Sends latest prices and points of curves to Redis as the tick service acknowledges them, in batches. What Redis does not take
/// is not kept for it: when it is there again all prices are sent as they are then. Ticks never wait for it.</summary>
internal sealed class PriceFollower(TickService ticks, RedisClient client, RedisPrices prices, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TickFilter Wanted = new(null, [], TickEventKind.Price | TickEventKind.CurvePoint, []);

    /// <summary>Follows until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                try
                {
                    await Follow(cancel);
                }
                catch (RedisException)
                {
                    // The client tells of it and connects again by itself.
                    prices.Clear();
                    await Task.Delay(Pause, time, cancel);
                }
                catch (TickServiceException)
                {
                    // As many follow as may, or the service is stopped: it tells of that itself.
                    await Task.Delay(Pause, time, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked.
        }
    }

    /// <summary>Sends all that there is, then what comes.</summary>
    private async Task Follow(CancellationToken cancel)
    {
        using var subscription = ticks.Subscribe(Wanted, after: null);
        await SendAll(cancel);
        var connection = client.Connections;
        await using var events = subscription.GetAsyncEnumerator(cancel);
        while (true)
        {
            var next = events.MoveNextAsync();
            if (!next.IsCompleted || prices.Count >= RedisPrices.MostValues)
            {
                await prices.Flush(cancel);
            }

            if (!await next)
            {
                return;
            }

            if (client.Connections != connection)
            {
                // It may be another server, or have lost what it had.
                return;
            }

            Add(events.Current);
        }
    }

    private async Task SendAll(CancellationToken cancel)
    {
        foreach (var price in ticks.LatestTenants.SelectMany(ticks.LatestOf))
        {
            prices.Add(price.Instrument, price.Price, price.Source);
            if (prices.Count >= RedisPrices.MostValues)
            {
                await prices.Flush(cancel);
            }
        }

        await prices.Flush(cancel);
    }

    private void Add(in TickEvent found)
    {
        if (found.Kind == TickEventKind.Price)
        {
            prices.Add(found.Instrument, found.Price, found.Source);
        }
        else
        {
            prices.Add(found.Instrument, found.Point);
        }
    }
}

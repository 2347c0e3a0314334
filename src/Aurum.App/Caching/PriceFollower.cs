using Aurum.App.Ticks;
using Aurum.App.Ticks.Served;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Prices;
using Aurum.Market.Ticks;
using Aurum.Store.Engines;

namespace Aurum.App.Caching;

/// <summary>Sends latest prices and points of curves to Redis as the tick service acknowledges them, in batches. What Redis does not take
/// is not kept for it: when it is there again all prices are sent as they are then. Ticks never wait for it.</summary>
/// <param name="ticks">Whose prices.</param>
/// <param name="client">Redis.</param>
/// <param name="prices">Writes them.</param>
/// <param name="time">Clock of waits.</param>
/// <param name="latest">Is told how far in the store prices are in Redis, where they come from the store.</param>
internal sealed class PriceFollower(
    ITickPlane ticks, RedisClient client, RedisPrices prices, TimeProvider time, RedisLatest? latest = null)
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
                    await Task.Delay(Pause, time, cancel);
                }
                catch (Exception e) when (e is TickServiceException or EngineException)
                {
                    // As many follow as may, the service is stopped, or the database is away: others tell of that.
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
        prices.Clear();
        using var subscription = ticks.Subscribe(Wanted, after: null);
        await SendAll(cancel);
        var connection = client.Connections;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var events = subscription.GetAsyncEnumerator(stop.Token);
        while (true)
        {
            var next = events.MoveNextAsync();
            if (next.IsCompleted && prices.Count < RedisPrices.MostValues)
            {
                if (!await next)
                {
                    // Others take prices in from now on, or nobody does.
                    await Task.Delay(Pause, time, cancel);
                    return;
                }
            }
            else if (!await Sent(next.AsTask(), subscription, connection, stop, cancel))
            {
                return;
            }

            Add(events.Current);
        }
    }

    /// <summary>Sends what was collected while the next event is waited for.</summary>
    /// <returns>Whether there is a next event; false too where Redis was connected anew: it may be another server, or have lost what it
    /// had, so that all is to be sent again.</returns>
    private async Task<bool> Sent(
        Task<bool> next, TickSubscription subscription, int connection, CancellationTokenSource stop, CancellationToken cancel)
    {
        try
        {
            var seen = subscription.PricesSeen;
            await prices.Flush(cancel);
            await Mark(seen, cancel);
            while (!next.IsCompleted && client.Connections == connection)
            {
                await Task.WhenAny(next, Task.Delay(Pause, time, cancel));
                if (!next.IsCompleted && subscription.PricesSeen > seen)
                {
                    // Frames without prices.
                    seen = subscription.PricesSeen;
                    await Mark(seen, cancel);
                }
            }

            return client.Connections == connection && await next;
        }
        finally
        {
            // An enumerator is not left while it looks for the next event.
            if (!next.IsCompleted)
            {
                await stop.CancelAsync();
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task Mark(long frame, CancellationToken cancel) =>
        latest is not null && ticks.Now is StoredTicks ? latest.Mark(frame, cancel) : Task.CompletedTask;

    private async Task SendAll(CancellationToken cancel)
    {
        foreach (var tenant in ticks.Tenants)
        {
            foreach (var price in await ticks.LatestAsync(tenant, [], cancel))
            {
                await Send(price, cancel);
            }
        }

        await prices.Flush(cancel);
    }

    private async ValueTask Send(LatestPriceView price, CancellationToken cancel)
    {
        prices.Add(price.Instrument, price.Price, price.Source);
        if (price.Instrument is { IsCurve: true } of)
        {
            // Its last price is the last quote of its month.
            prices.Add(of, new CurvePoint(0, of.Number, of.ContractMonth, price.Price.EventMicros, price.Price.Price, price.Price.Volume));
        }

        if (prices.Count >= RedisPrices.MostValues)
        {
            await prices.Flush(cancel);
        }
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

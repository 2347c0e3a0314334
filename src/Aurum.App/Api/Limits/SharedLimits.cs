using Aurum.Cluster.Redis.Cache;

namespace Aurum.App.Api.Limits;

/// <summary>Limits that several servers count together in Redis. While it does not answer, each server counts for itself.</summary>
/// <param name="far">Redis.</param>
/// <param name="near">This process.</param>
/// <param name="perSecond">Tokens a second.</param>
/// <param name="burst">Tokens that a full bucket holds.</param>
internal sealed class SharedLimits(RedisLimits far, ClientBuckets near, double perSecond, int burst) : IClientLimits
{
    public async ValueTask<ClientBuckets.Decision> Take(string client, CancellationToken cancel) =>
        await far.Take(client, perSecond, burst, cancel) is { } taken
            ? ClientBuckets.Decision.Of(taken.IsAllowed, taken.Tokens, perSecond, burst)
            : near.Take(client);
}

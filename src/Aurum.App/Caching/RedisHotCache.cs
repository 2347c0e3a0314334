using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Cache;

namespace Aurum.App.Caching;

/// <summary>Keeps values in Redis for all processes, and those that were asked for here in memory too. Without Redis the memory is
/// left.</summary>
/// <param name="near">Memory.</param>
/// <param name="far">Redis.</param>
internal sealed class RedisHotCache(MemoryHotCache near, RedisCache far) : IHotCache
{
    private const string Kind = "slice";

    private readonly RedisKeys _keys = new(far.Options.Namespace);

    public async ValueTask<HotEntry?> Find(HotKey key, CancellationToken cancel)
    {
        if (await near.Find(key, cancel) is { } known)
        {
            return known;
        }

        var found = await far.Find(Kind, TextOf(key), cancel);
        if (found.IsThere != RedisAnswer.Yes)
        {
            return null;
        }

        await near.Keep(key, found.Value, found.Left, cancel);
        return new HotEntry(found.Value, found.Left);
    }

    public async ValueTask Keep(HotKey key, ReadOnlyMemory<byte> value, TimeSpan stay, CancellationToken cancel)
    {
        await near.Keep(key, value, stay, cancel);
        await far.Keep(Kind, TextOf(key), value, stay, cancel);
    }

    public async ValueTask<HotTurn> Claim(HotKey key, string owner, CancellationToken cancel) =>
        await far.Lock(TextOf(key), owner, cancel) switch
        {
            RedisAnswer.Yes => HotTurn.Own,
            RedisAnswer.No => HotTurn.Others,
            _ => HotTurn.Unknown,
        };

    public ValueTask Release(HotKey key, string owner, CancellationToken cancel) => far.Release(TextOf(key), owner, cancel);

    private string TextOf(HotKey key) => _keys.Slice(key.Tenant, key.Resource, key.Version, key.Digest);
}

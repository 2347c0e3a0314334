using System.Text;

namespace Aurum.Cluster.Redis;

/// <summary>Names of keys and channels. The tenant stands in every one of them; what could end a part (a colon), or break a line, is
/// written as %xx, so that no two names meet in one key.</summary>
/// <param name="space">First part: the setting <c>Redis:Namespace</c>.</param>
public sealed class RedisKeys(string space)
{
    /// <summary>Whose the market's data is: everybody's.</summary>
    public const string MarketTenant = "default";

    /// <summary>Channels of all updates.</summary>
    public string AllUpdates => $"{space}:updates:*";

    /// <summary>The last price of an instrument, as JSON.</summary>
    public string LatestPrice(string tenant, string instrument) => $"{space}:served:latest_price:{Part(tenant)}:{Part(instrument)}";

    /// <summary>The store's frame up to which latest prices are here, and when it was looked at.</summary>
    public string LatestFrame => $"{space}:served:latest_frame:{MarketTenant}";

    /// <summary>A forward curve as its last quotes have it: a hash of JSON by contract month.</summary>
    public string CurveSnapshot(string tenant, string curve) => $"{space}:served:curve_snapshot:{Part(tenant)}:{Part(curve)}:monthly";

    /// <summary>What an instrument is, as JSON.</summary>
    public string Metadata(string tenant, string instrument) => $"{space}:metadata:{Part(tenant)}:{Part(instrument)}";

    /// <summary>An answer of the API.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="resource">Name of the endpoint.</param>
    /// <param name="version">State of the tables that it was made from.</param>
    /// <param name="digest">Hash of all else that it depends on.</param>
    public string Slice(string tenant, string resource, string version, string digest) =>
        $"{space}:slice:{Part(tenant)}:{Part(resource)}:{Part(version)}:{Part(digest)}";

    /// <summary>Held by the one who makes a value, for all.</summary>
    public static string Lock(string key) => key + ":lock";

    /// <summary>The newest delivery that changed rows, by table: a hash.</summary>
    public string Deliveries(string tenant) => $"{space}:served:deliveries:{Part(tenant)}";

    /// <summary>Requests of a client: a bucket of tokens that is refilled by the second.</summary>
    public string RateLimit(string tenant, string client) => $"{space}:rate_limit:second:{Part(tenant)}:{Part(client)}";

    /// <summary>Where changes of a kind are told: latest_price, curve_snapshot, delivery, curve.</summary>
    public string Updates(string kind, string tenant) => $"{space}:updates:{kind}:{Part(tenant)}";

    private static string Part(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange('!', '~');
        if (first < 0 && !text.AsSpan().ContainsAny(':', '%'))
        {
            return text;
        }

        var name = new StringBuilder(text.Length + 8);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            _ = b is <= (byte)' ' or >= 0x7f or (byte)':' or (byte)'%' ? name.Append($"%{b:X2}") : name.Append((char)b);
        }

        return name.ToString();
    }
}

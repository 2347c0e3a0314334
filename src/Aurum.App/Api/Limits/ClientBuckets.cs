using System.Net;
using System.Net.Sockets;

namespace Aurum.App.Api.Limits;

/// <summary>One token bucket per client: requests refill it over time, a pause lets a burst through.</summary>
/// <param name="perSecond">Tokens a second.</param>
/// <param name="burst">Tokens that a full bucket holds.</param>
/// <param name="time">The clock.</param>
/// <param name="maxClients">Clients remembered; beyond it those whose bucket is full again are forgotten, then the rest.</param>
public sealed class ClientBuckets(double perSecond, int burst, TimeProvider time, int maxClients = 10_000) : IClientLimits
{
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public int Clients
    {
        get
        {
            lock (_lock)
            {
                return _buckets.Count;
            }
        }
    }

    /// <summary>Name of a client: its address, of IPv6 the network of 64 bits.</summary>
    public static string ClientOf(IPAddress? address)
    {
        if (address is null)
        {
            return "local";
        }

        if (address.IsIPv4MappedToIPv6 || address.AddressFamily == AddressFamily.InterNetwork)
        {
            return address.MapToIPv4().ToString();
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    /// <summary>Takes a token of the client's bucket if there is one.</summary>
    public Decision Take(string client)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_buckets.TryGetValue(client, out var bucket))
            {
                MakeRoom(now);
                bucket = new Bucket(burst, now);
            }

            var tokens = Tokens(bucket, now);
            var isAllowed = tokens >= 1;
            tokens = isAllowed ? tokens - 1 : tokens;
            _buckets[client] = new Bucket(tokens, now);
            return Decision.Of(isAllowed, tokens, perSecond, burst);
        }
    }

    ValueTask<Decision> IClientLimits.Take(string client, CancellationToken cancel) => new(Take(client));

    private double Tokens(Bucket bucket, long now) =>
        Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.Timestamp, now).TotalSeconds * perSecond));

    private void MakeRoom(long now)
    {
        if (_buckets.Count < maxClients)
        {
            return;
        }

        foreach (var (client, bucket) in _buckets)
        {
            if (Tokens(bucket, now) >= burst)
            {
                _buckets.Remove(client);
            }
        }

        if (_buckets.Count >= maxClients)
        {
            _buckets.Clear();
        }
    }

    private readonly record struct Bucket(double Tokens, long Timestamp);

    /// <summary>Whether a request may go on, and what its headers say.</summary>
    public readonly record struct Decision(bool IsAllowed, int Limit, int Remaining, int SecondsUntilFull, int RetryAfterSeconds)
    {
        /// <summary>What follows from a bucket.</summary>
        /// <param name="isAllowed">Whether a token was taken.</param>
        /// <param name="tokens">Tokens that are left.</param>
        /// <param name="perSecond">Tokens a second.</param>
        /// <param name="burst">Tokens that a full bucket holds.</param>
        internal static Decision Of(bool isAllowed, double tokens, double perSecond, int burst) => new(
            isAllowed, burst, (int)tokens, (int)Math.Ceiling((burst - tokens) / perSecond),
            isAllowed ? 0 : Math.Max(1, (int)Math.Ceiling((1 - tokens) / perSecond)));
    }
}

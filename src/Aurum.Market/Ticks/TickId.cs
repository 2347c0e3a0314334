using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Aurum.Market.Ticks;

/// <summary>The id of a tick that everybody can compute: SHA-256 of symbol, event time and source.</summary>
public static class TickId
{
    /// <returns>Lower-case hex of SHA-256 over <c>symbol|microseconds|source</c>.</returns>
    public static string Of(string symbol, long eventMicros, string source) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{symbol}|{eventMicros}|{source}"))));
}

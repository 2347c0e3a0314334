using System.Globalization;
using System.Security.Cryptography;

namespace Aurum.App.Api.Ticks;

/// <summary>What a batch is known by: its sender's key, its number or place, and a hash of its bytes, so that other bytes under the same
/// key are not lost.</summary>
internal static class BatchKeys
{
    private const int HashBytes = 8;

    public static string Of(string key, long number, ReadOnlySpan<byte> bytes) => string.Create(
        CultureInfo.InvariantCulture, $"{key}:{number}:{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, HashBytes))}");
}

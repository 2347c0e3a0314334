using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Aurum.Store.Models;

/// <summary>Makes ids of what users keep: stable, sortable by the instant at which it was made, and without a count that would tell of
/// others' records. Fifteen digits of milliseconds since 1970, a hyphen, twelve hexadecimal digits of a hash.</summary>
public static class ModelId
{
    private const int HashDigits = 12;

    /// <param name="now">When it is made.</param>
    /// <param name="parts">What tells it from others of the same millisecond.</param>
    public static string Of(Instant now, params IReadOnlyList<string> parts)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
        return string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds():D15}-{hash[..HashDigits]}");
    }

    /// <summary>SHA-256 of a text, 64 hexadecimal digits.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

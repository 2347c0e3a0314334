using System.Security.Cryptography;
using System.Text;

namespace Aurum.Market.Curves;

/// <summary>What makes two quotes quotes of the same curve, whoever gives them, on whatever sheet and for whatever period.</summary>
/// <param name="AssetClass">What it is a price of.</param>
/// <param name="Iso">Market operator; null where there is none.</param>
/// <param name="Region">Super-region: <c>US</c>, <c>EU</c>.</param>
/// <param name="Location">Hub, zone, country or port.</param>
/// <param name="Market">Market or trading place.</param>
/// <param name="Product">Product: <c>power</c>, <c>gas</c>, or the vendor's name of it.</param>
/// <param name="Block">Hours of delivery: <c>BASE</c>, <c>ON_PEAK</c>; null where a product has none.</param>
/// <param name="SparkLocation">Gas leg of a spark spread; null elsewhere.</param>
/// <remarks>Unit and currency are no part of it. Two columns with one identity and two units are a conflict that its reader must
/// report.</remarks>
public sealed record CurveIdentity(
    AssetClass AssetClass, string? Iso, string? Region, string? Location, string? Market, string? Product, string? Block,
    string? SparkLocation)
{
    private const char Separator = '|';

    private string? _key;

    /// <summary>A copy of which parts change has a key of its own.</summary>
    private CurveIdentity(CurveIdentity original)
    {
        (AssetClass, Iso, Region, Location) = (original.AssetClass, original.Iso, original.Region, original.Location);
        (Market, Product, Block, SparkLocation) = (original.Market, original.Product, original.Block, original.SparkLocation);
    }

    /// <summary>SHA-256 of the eight parts in the order asset class, ISO, region, location, market, product, block, spark location, joined
    /// with bars; each trimmed, lower-cased and with single blanks inside. 64 lower-case hexadecimal digits.</summary>
    public string Key => _key ??= KeyOf(this);

    /// <summary>Two identities with one key are the same curve.</summary>
    public bool Equals(CurveIdentity? other) => other is not null && Key == other.Key;

    /// <summary>For people: <c>EU Dutch_TTF gas</c>.</summary>
    public override string ToString() =>
        string.Join(' ', new[] { Iso, Region, Location, Product, Block, SparkLocation }.Where(static p => !string.IsNullOrEmpty(p)));

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    private static string KeyOf(CurveIdentity identity)
    {
        var text = new StringBuilder(128);
        text.Append(identity.AssetClass.ToString().ToLowerInvariant());
        ReadOnlySpan<string?> parts =
        [
            identity.Iso, identity.Region, identity.Location, identity.Market, identity.Product, identity.Block, identity.SparkLocation,
        ];
        foreach (var part in parts)
        {
            AppendPart(text.Append(Separator), part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void AppendPart(StringBuilder text, string? part)
    {
        var start = text.Length;
        var isBlank = false;
        foreach (var letter in part ?? "")
        {
            if (char.IsWhiteSpace(letter))
            {
                isBlank = true;
                continue;
            }

            if (isBlank && text.Length > start)
            {
                text.Append(' ');
            }

            isBlank = false;
            text.Append(char.ToLowerInvariant(letter));
        }
    }
}

using System.Text;

namespace Aurum.Market.Power;

public static class LocationTypes
{
    private static readonly byte[][] Utf8 =
        [.. Enum.GetValues<LocationType>().Select(t => Encoding.UTF8.GetBytes(ToText(t)))];

    /// <summary>Upper-case text, for example <c>HUB</c>.</summary>
    public static string ToText(this LocationType type) => type.ToString().ToUpperInvariant();

    public static ReadOnlySpan<byte> ToUtf8(this LocationType type) => Utf8[(int)type];
}

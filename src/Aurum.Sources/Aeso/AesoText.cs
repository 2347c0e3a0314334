using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Aeso;

/// <summary>How AESO writes times and numbers.</summary>
internal static class AesoText
{
    public static bool IsJson(FileHead head) => head.FirstLine.StartsWith('{');

    /// <summary>Reads a stamp in UTC: <c>2022-03-18 10:20</c>, or with T and Z. Seconds since 1970.</summary>
    public static long Utc(ref JsonStream json)
    {
        var text = json.Utf8();
        return Stamps.TryParseInstant(text, out var seconds) || Stamps.TryParseLocal(text, out seconds)
            ? seconds
            : throw json.Unexpected("a time like 2022-03-18 10:20");
    }

    /// <summary>Reads a number, in quotes or not. Hours to come have an empty text or a dash.</summary>
    public static double NumberOrNaN(ref JsonStream json) => IsNothing(json.Utf8()) ? double.NaN : json.Number();

    public static bool IsNothing(ReadOnlySpan<byte> text) => text.Trim(" -"u8).IsEmpty;
}

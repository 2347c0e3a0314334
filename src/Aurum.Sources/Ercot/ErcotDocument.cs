using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>One document of a listing: what it is called, and when it was posted.</summary>
/// <param name="Id">Number to download it by.</param>
/// <param name="ReportTypeId">Kind of report, for example 12311.</param>
/// <param name="Name">File name; the friendly name where the listing gives no other.</param>
/// <param name="FriendlyName">Short name; ends in <c>_csv</c> or <c>_xml</c> where both forms exist.</param>
/// <param name="Posted">When it was posted. The listing's wall time is taken as Central and its offset dropped: the offset is
/// that of the day of the listing, wrong for documents from the other side of a clock change.</param>
public sealed record ErcotDocument(string Id, string ReportTypeId, string Name, string FriendlyName, Instant Posted)
{
    private const int DatePart = 3;
    private const int TimePart = 4;

    /// <summary>When a document was posted, by its own name: <c>cdr.00012311.0000000000000000.20250313.123000.LFC….csv</c> is
    /// 12:30 Central. <c>xhr</c> in the name marks the second pass of the repeated hour. Null where the name has another
    /// form.</summary>
    public static Instant? PostedIn(string name)
    {
        var parts = name.Split('.');
        if (parts.Length <= TimePart || parts[0] != "cdr" || parts[DatePart].Length != 8 || parts[TimePart].Length < 6)
        {
            return null;
        }

        var (day, time) = (parts[DatePart], parts[TimePart]);
        return Central($"{day[..4]}-{day[4..6]}-{day[6..]} {time[..2]}:{time[2..4]}:{time[4..6]}", IsSecondPass(name));
    }

    internal static bool IsSecondPass(string name) => name.Contains("xhr", StringComparison.OrdinalIgnoreCase);

    /// <summary>The instant of a wall time in Texas; null for text that is no such time, and for one that the clock jumped
    /// over.</summary>
    internal static Instant? Central(string wallTime, bool isSecondPass)
    {
        Span<byte> text = stackalloc byte[32];
        if (System.Text.Ascii.FromUtf16(wallTime, text, out var length) != System.Buffers.OperationStatus.Done
            || !Stamps.TryParseLocal(text[..length], out var local))
        {
            return null;
        }

        var match = TransitionTable.For(MarketZones.Central).Match(local);
        return match.Count == 0 ? null : Instant.FromUnixTimeSeconds(isSecondPass ? match.Second : match.First);
    }
}

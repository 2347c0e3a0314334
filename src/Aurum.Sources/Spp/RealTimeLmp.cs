using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Spp;

/// <summary>SPP real-time balancing market prices: one a settlement location or bus and 5 minutes.</summary>
/// <remarks>
/// <para>Source: portal, rtbm-lmp-by-location and rtbm-lmp-by-bus. A file an interval at once, and a file for the whole day on the
/// fifth day after it, in the evening. A day is asked for by its intervals until the sixth day after it, and by its one file from
/// then on: so a backfill asks once a day.</para>
/// <para>Shape: 276, 288 or 300 intervals; some files are never put out, and some have no byte.</para>
/// <para>Units and columns: see <see cref="PriceReport"/>.</para>
/// <para>Time: end of the interval. The file of an interval lies in the folder of the day that it begins on and is named by its end,
/// with a <c>d</c> in the hour that comes twice: see <see cref="SppLabel"/>.</para>
/// <para>Revisions: the day's file has what was corrected since; its rows are revisions of the intervals' rows.</para>
/// </remarks>
public static class RealTimeLmp
{
    /// <summary>Days after an operating day from whose start its one file is asked for.</summary>
    public const int DailyFileAfterDays = 6;

    private const int Seconds = 300;

    private static readonly Schedule Schedule = new(
        FirstAt: Duration.FromMinutes(5),
        CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
        RefreshEvery: Duration.FromMinutes(5),
        CorrectionsFor: Duration.FromDays(DailyFileAfterDays),
        CorrectionChecks: Duration.FromDays(DailyFileAfterDays));

    public static readonly Feed<LmpRow> Location = Of(
        "spp/real-time-lmp", "SPP real-time prices by settlement location, 5 minutes", "rtbm-lmp-by-location", isBus: false);

    public static readonly Feed<LmpRow> Bus = Of(
        "spp/real-time-lmp-bus", "SPP real-time prices by bus, 5 minutes", "rtbm-lmp-by-bus", isBus: true);

    private static Feed<LmpRow> Of(string id, string title, string report, bool isBus) =>
        new PriceReport(IsoMarket.RealTime, "RTBM-LMP", 5, isBus).Feed(
            id,
            title,
            new FeedFacts(
                $"SPP portal, {report}: a file an interval, later one for the day",
                $"{(isBus ? "all buses" : "about 1,230 settlement locations")} × 276, 288 or 300 intervals; some are never put out",
                "USD/MWh, four decimals; LMP = loss + congestion + energy",
                "end of the interval, Central time and GMT side by side; GMT counts",
                "the day's file, on the fifth day after it, has the corrected prices"),
            Schedule,
            (day, now) => Locate(report, isBus ? "B" : "SL", day, now));

    private static IReadOnlyList<FeedRequest> Locate(string report, string kind, OperatingDay day, Instant now)
    {
        if (now >= (day with { Date = day.Date.PlusDays(DailyFileAfterDays) }).Start)
        {
            return [SppFiles.Download(report, $"/{day.Date:uuuu'/'MM}/By_Day/RTBM-LMP-DAILY-{kind}-{day.Date:uuuuMMdd}.csv")];
        }

        var folder = $"/{day.Date:uuuu'/'MM}/By_Interval/{day.Date:dd}/RTBM-LMP-{kind}-";
        var last = Math.Min(day.End.ToUnixTimeSeconds(), now.ToUnixTimeSeconds());
        var requests = new List<FeedRequest>();
        for (var end = day.Start.ToUnixTimeSeconds() + Seconds; end <= last; end += Seconds)
        {
            requests.Add(SppFiles.Download(report, $"{folder}{SppLabel.NameOfInterval(end)}.csv") with { IsPiece = true });
        }

        return requests;
    }
}

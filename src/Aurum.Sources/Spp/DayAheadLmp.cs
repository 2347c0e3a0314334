using Aurum.Market.Feeds;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sources.Spp;

/// <summary>SPP day-ahead prices: one a settlement location or bus and hour.</summary>
/// <remarks>
/// <para>Source: portal, da-lmp-by-settlement-location and da-lmp-by-bus, a file a day.</para>
/// <para>Shape: about 1,230 locations (more since April 2026) × 23, 24 or 25 hours, ordered by hour, then name.</para>
/// <para>Units and columns: see <see cref="PriceReport"/>.</para>
/// <para>Time: end of the hour in Central time and in GMT.</para>
/// <para>Revisions: a file may be put out again within days, in place.</para>
/// </remarks>
public static class DayAheadLmp
{
    private static readonly Schedule Schedule = new(
        FirstAt: Duration.FromHours(-11),
        CompleteAt: Duration.FromHours(-9),
        RefreshEvery: null,
        CorrectionsFor: Duration.FromDays(5),
        CorrectionChecks: Duration.FromDays(1));

    public static readonly Feed<LmpRow> Location = Of(
        "spp/day-ahead-lmp", "SPP day-ahead prices by settlement location", "da-lmp-by-settlement-location", isBus: false);

    public static readonly Feed<LmpRow> Bus = Of("spp/day-ahead-lmp-bus", "SPP day-ahead prices by bus", "da-lmp-by-bus", isBus: true);

    private static Feed<LmpRow> Of(string id, string title, string report, bool isBus) =>
        new PriceReport(IsoMarket.DayAhead, "DA-LMP", 60, isBus).Feed(
            id,
            title,
            new FeedFacts(
                $"SPP portal, {report}",
                $"{(isBus ? "all buses" : "about 1,230 settlement locations")} × 23, 24 or 25 hours, ordered by hour, then name",
                "USD/MWh, four decimals; LMP = loss + congestion + energy",
                "end of the hour, Central time and GMT side by side; GMT counts",
                "in place within days"),
            Schedule,
            (day, _) =>
            [
                SppFiles.Download(
                    report, $"/{day.Date:uuuu'/'MM}/By_Day/DA-LMP-{(isBus ? "B" : "SL")}-{day.Date:uuuuMMdd}0100.csv"),
            ]);
}

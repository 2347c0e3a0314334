using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>MISO day-ahead prices, ex-post (settled at) and ex-ante: one a node and hour.</summary>
/// <remarks>
/// <para>Source: market reports da_expost_lmp and da_exante_lmp.</para>
/// <para>Shape: about 2,500 nodes × 24 hours in three blocks: see <see cref="LmpReport"/>.</para>
/// <para>Units: USD/MWh, up to two decimals without zeros around them, negative allowed; the energy part is computed.</para>
/// <para>Time: hour ending on Eastern Standard Time all year; 24 hours on every day.</para>
/// <para>Revisions: put out about 13:00 on the day before; seldom replaced in place within days.</para>
/// </remarks>
public static class DayAheadLmp
{
    private static readonly Schedule Schedule = new(
        FirstAt: Duration.FromHours(-11),
        CompleteAt: Duration.FromHours(-9),
        RefreshEvery: null,
        CorrectionsFor: Duration.FromDays(5),
        CorrectionChecks: Duration.FromDays(1));

    public static readonly Feed<LmpRow> ExPost = Of("miso/day-ahead-lmp", "ex-post", "da_expost_lmp", "ExPost");

    public static readonly Feed<LmpRow> ExAnte = Of("miso/day-ahead-lmp-ex-ante", "ex-ante", "da_exante_lmp", "ExAnte");

    private static Feed<LmpRow> Of(string id, string name, string report, string word)
    {
        var title = "DayAheadMarket" + word;
        return new Feed<LmpRow>
        {
            Id = new FeedId(id),
            Title = $"MISO day-ahead {name} prices",
            Facts = new FeedFacts(
                $"MISO market report {report}",
                "about 2,500 nodes × 24 hours; blocks of prices, congestion and loss",
                "USD/MWh, up to two decimals; energy is price less congestion less loss",
                "hour ending, Eastern Standard Time all year",
                "seldom replaced in place within days"),
            Zone = MarketZones.EasternStandard,
            Schedule = Schedule,
            Contract = IsoContract.Of("MISO", IsoMarket.DayAhead, IsoProduct.Lmp, MarketZones.EasternStandard, 60),
            Suite = "iso_lmp",
            IntervalMinutes = 60,
            Table = PowerTables.Lmp,
            Locate = (day, _) => [LmpReport.Request(day, report)],
            Recognizes = head => LmpReport.Recognizes(head, title),
            Parse = (file, output) => LmpReport.Parse(file, output, title),
        };
    }
}

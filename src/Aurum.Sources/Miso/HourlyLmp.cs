using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>MISO real-time prices integrated over the hour: preliminary on the next day, final about six days later.</summary>
/// <remarks>
/// <para>Source: market reports rt_lmp_prelim, kept about four days, and rt_lmp_final.</para>
/// <para>Shape: about 2,500 nodes × 24 hours in three blocks: see <see cref="LmpReport"/>.</para>
/// <para>Units: USD/MWh, two decimals, negative allowed; the energy part is computed.</para>
/// <para>Time: hour ending on Eastern Standard Time all year; 24 hours on every day.</para>
/// <para>Revisions: the final file follows the preliminary one as a revision of the same rows. Final is asked for from the sixth day
/// after the operating day on; between the last preliminary and the first final days neither is to be had.</para>
/// </remarks>
public static class HourlyLmp
{
    private const string Title = "RealtimeMarketLMPs";

    /// <summary>From so long after the day's end on, the final file is asked for.</summary>
    private static readonly Duration FinalAfter = Duration.FromDays(5);

    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("miso/real-time-lmp-hourly"),
        Title = "MISO hourly real-time prices, preliminary then final",
        Facts = new FeedFacts(
            "MISO market reports rt_lmp_prelim and rt_lmp_final",
            "about 2,500 nodes × 24 hours; blocks of prices, congestion and loss",
            "USD/MWh, two decimals; energy is price less congestion less loss",
            "hour ending, Eastern Standard Time all year",
            "preliminary on the next day; the final prices, asked for five days after the day's end, are revisions of them"),
        Zone = MarketZones.EasternStandard,

        // Complete with the preliminary prices; the one look six days later brings the final ones, the last look makes sure.
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(28),
            CompleteAt: Duration.FromHours(30),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(6)),
        Contract = IsoContract.Of("MISO", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.EasternStandard, 60),
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        Table = PowerTables.Lmp,
        Locate = static (day, now) => [LmpReport.Request(day, now < day.End + FinalAfter ? "rt_lmp_prelim" : "rt_lmp_final")],
        Recognizes = static head => LmpReport.Recognizes(head, Title),
        Parse = static (file, output) => LmpReport.Parse(file, output, Title),
    };
}

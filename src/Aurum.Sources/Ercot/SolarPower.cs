using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT solar power by hour: what was generated, and limits and forecasts.</summary>
/// <remarks>
/// <para>Source: report NP4-737-CD of the public API; MIS documents of type 13483.</para>
/// <para>Shape: about 216 hours a posting, in total; fuel <c>Solar</c>; series <c>solar/ERCOT/HSL</c>, <c>solar/ERCOT/COP_HSL</c>,
/// <c>solar/ERCOT/STPPF</c>, <c>solar/ERCOT/PVGRPP</c>. Empty cells give no row.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: hour ending, Central clock with DSTFlag; forecasts carry their posting as time of issue.</para>
/// <para>Revisions: generation and limits by later postings; forecasts of all postings are kept.</para>
/// </remarks>
public static class SolarPower
{
    private static readonly RenewableReport Report = new(
        "solar", "Solar", "np4-737-cd", "spp_hrly_avrg_actl_fcast", "13483", "STPPF", "CenterWest");

    public static readonly Feed<GenerationRow> Feed = Report.Generation();

    public static readonly Feed<SeriesPoint> Outlook = Report.Outlook();
}

using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT solar power by hour: generation, limits and forecasts, in total.</summary>
/// <remarks>
/// <para>Source: report NP4-737-CD of the public API; MIS documents of type 13483.</para>
/// <para>Shape: about 216 hours a posting; fuels <c>Solar</c> (generated), <c>Solar HSL</c>, <c>Solar COP HSL</c>, <c>Solar
/// STPPF</c>, <c>Solar PVGRPP</c>. Empty cells give no row.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: hour ending, Central clock with DSTFlag; forecasts carry their posting as time of issue.</para>
/// <para>Revisions: generation by later postings; forecasts of all postings are kept.</para>
/// </remarks>
public static class SolarPower
{
    public static readonly Feed<GenerationRow> Feed =
        RenewableReport.Feed("ercot/solar", "Solar", "np4-737-cd", "spp_hrly_avrg_actl_fcast", "13483", "STPPF", "CenterWest");
}

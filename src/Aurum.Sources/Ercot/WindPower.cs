using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT wind power by hour: generation, limits and forecasts, in total and for three regions.</summary>
/// <remarks>
/// <para>Source: report NP4-732-CD of the public API; MIS documents of type 13028.</para>
/// <para>Shape: about 216 hours a posting; fuels <c>Wind</c> (generated), <c>Wind HSL</c>, <c>Wind COP HSL</c>, <c>Wind
/// STWPF</c>, <c>Wind WGRPP</c>. Empty cells give no row.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: hour ending, Central clock with DSTFlag; forecasts carry their posting as time of issue.</para>
/// <para>Revisions: generation by later postings; forecasts of all postings are kept.</para>
/// </remarks>
public static class WindPower
{
    public static readonly Feed<GenerationRow> Feed =
        RenewableReport.Feed("ercot/wind", "Wind", "np4-732-cd", "wpp_hrly_avrg_actl_fcast", "13028", "STWPF", "Panhandle");
}

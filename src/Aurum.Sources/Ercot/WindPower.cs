using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT wind power by hour: what was generated, and limits and forecasts.</summary>
/// <remarks>
/// <para>Source: report NP4-732-CD of the public API; MIS documents of type 13028.</para>
/// <para>Shape: about 216 hours a posting, in total and for three regions; fuel <c>Wind</c>; series <c>wind/ERCOT/HSL</c>,
/// <c>wind/ERCOT/COP_HSL</c>, <c>wind/LZ_WEST/STWPF</c>, <c>wind/LZ_WEST/WGRPP</c>. Empty cells give no row.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: hour ending, Central clock with DSTFlag; forecasts carry their posting as time of issue.</para>
/// <para>Revisions: generation and limits by later postings; forecasts of all postings are kept.</para>
/// </remarks>
public static class WindPower
{
    private static readonly RenewableReport Report = new(
        "wind", "Wind", "np4-732-cd", "wpp_hrly_avrg_actl_fcast", "13028", "STWPF", "Panhandle");

    public static readonly Feed<GenerationRow> Feed = Report.Generation();

    public static readonly Feed<SeriesPoint> Outlook = Report.Outlook();
}

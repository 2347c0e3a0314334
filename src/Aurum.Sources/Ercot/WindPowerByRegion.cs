using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT wind power by hour and geographical region: what was generated, and limits and forecasts.</summary>
/// <remarks>
/// <para>Source: report NP4-742-CD of the public API; MIS documents of type 14787.</para>
/// <para>Shape: as of <see cref="WindPower"/>, for all of Texas and for the regions
/// GEO_PANHANDLE, GEO_COASTAL, GEO_SOUTH, GEO_WEST, GEO_NORTH.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: hour ending, Central clock with DSTFlag; forecasts carry their posting as time of issue.</para>
/// <para>Revisions: generation and limits by later postings; forecasts of all postings are kept.</para>
/// </remarks>
public static class WindPowerByRegion
{
    private static readonly RenewableReport Report = new(
        "wind-by-region", "Wind", "np4-742-cd", "wpp_hrly_actual_fcast_geo", "14787", "STWPF", "Panhandle", IsByRegion: true);

    public static readonly Feed<GenerationRow> Feed = Report.Generation();

    public static readonly Feed<SeriesPoint> Outlook = Report.Outlook();
}

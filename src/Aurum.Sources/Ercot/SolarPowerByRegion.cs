using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT solar power by hour and geographical region: what was generated, and limits and forecasts.</summary>
/// <remarks>
/// <para>Source: report NP4-745-CD of the public API; MIS documents of type 21809.</para>
/// <para>Shape: as of <see cref="SolarPower"/>, for all of Texas and for the regions
/// GEO_CENTERWEST, GEO_NORTHWEST, GEO_FARWEST, GEO_FAREAST, GEO_SOUTHEAST, GEO_CENTEREAST.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: hour ending, Central clock with DSTFlag; forecasts carry their posting as time of issue.</para>
/// <para>Revisions: generation and limits by later postings; forecasts of all postings are kept.</para>
/// </remarks>
public static class SolarPowerByRegion
{
    private static readonly RenewableReport Report = new(
        "solar-by-region", "Solar", "np4-745-cd", "spp_hrly_actual_fcast_geo", "21809", "STPPF", "CenterWest", IsByRegion: true);

    public static readonly Feed<GenerationRow> Feed = Report.Generation();

    public static readonly Feed<SeriesPoint> Outlook = Report.Outlook();
}

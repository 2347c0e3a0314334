using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Pjm;

/// <summary>PJM wind generation by hour and area.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, wind_gen.</para>
/// <para>Shape: some regions and the whole (RTO) × 23, 24 or 25 hours, newest first.</para>
/// <para>Units: MW, three decimals, mean over the hour; negative in a calm.</para>
/// <para>Time: beginning of the hour, in UTC.</para>
/// <para>Revisions: in place, within days.</para>
/// </remarks>
public static class WindPower
{
    public static readonly Feed<GenerationRow> Feed =
        RenewableFeeds.Generated("pjm/wind", "Wind", "wind_gen", "wind_generation_mw");
}

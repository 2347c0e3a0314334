using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Pjm;

/// <summary>PJM solar power forecast by hour: what plants at the grid will make (<c>Solar</c>), and panels behind the meter
/// (<c>Solar BTM</c>).</summary>
/// <remarks>
/// <para>Source: Data Miner 2, hourly_solar_power_forecast.</para>
/// <para>Shape: the whole of PJM × hours × forecasts, a new one every hour.</para>
/// <para>Units: MW, three decimals: the energy of an hour.</para>
/// <para>Time: beginning of the hour and time of evaluation, in UTC.</para>
/// <para>Revisions: forecasts stand side by side; kept for 30 days.</para>
/// </remarks>
public static class SolarForecast
{
    public static readonly Feed<GenerationRow> Feed = RenewableFeeds.Forecast(
        "pjm/solar-forecast", "Solar", "hourly_solar_power_forecast", "every hour",
        [("solar_forecast_mwh", new Symbol("Solar")), ("solar_forecast_btm_mwh", new Symbol("Solar BTM"))]);
}

using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Pjm;

/// <summary>PJM wind power forecast by hour.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, hourly_wind_power_forecast.</para>
/// <para>Shape: the whole of PJM × hours × forecasts, a new one every ten minutes: about 5,900 rows a day.</para>
/// <para>Units: MW, three decimals: the energy of an hour.</para>
/// <para>Time: beginning of the hour and time of evaluation, in UTC.</para>
/// <para>Revisions: forecasts stand side by side; kept for 30 days.</para>
/// </remarks>
public static class WindForecast
{
    public static readonly Feed<GenerationRow> Feed = RenewableFeeds.Forecast(
        "pjm/wind-forecast", "Wind", "hourly_wind_power_forecast", "every ten minutes",
        [("wind_forecast_mwh", new Symbol("Wind"))]);
}

using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Miso;

/// <summary>MISO wind power by hour, as metered and as forecast for today and tomorrow.</summary>
/// <remarks>
/// <para>Source: public-api WindSolar/GetCombined; forecasts of the data broker of 2025 and before are read too.</para>
/// <para>Shape: 24 hours a day.</para>
/// <para>Units: MW as text, two decimals; metered values may be negative.</para>
/// <para>Time: start of the hour on a 12-hour clock, hour ending beside it; Eastern Standard Time all year.</para>
/// <para>Revisions: forecasts are replaced in place; a metered hour stays, and is shown on its day alone.</para>
/// </remarks>
public static class WindPower
{
    public static readonly Feed<GenerationRow> Actual =
        new Renewables("Wind", "Actual").Feed("miso/wind", PublicApi.RunningHours);

    public static readonly Feed<GenerationRow> Forecast =
        new Renewables("Wind", "Forecast").Feed("miso/wind-forecast", PublicApi.TodayAndTomorrow);
}

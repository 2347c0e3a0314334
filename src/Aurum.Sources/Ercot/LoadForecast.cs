using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT seven-day load forecast in use, by weather zone, as posted every hour.</summary>
/// <remarks>
/// <para>Source: report NP3-565-CD of the public API: several models, of which only the rows in use are asked for;
/// <see cref="LoadForecastModels"/> has all.</para>
/// <para>Shape: 8 weather zones and the total × the hours of 8 days × postings.</para>
/// <para>Units: MW. Time: hour ending, Central clock, with DSTFlag. Issued when posted.</para>
/// <para>Revisions: every posting stays beside the others, told apart by the time of issue.</para>
/// </remarks>
public static class LoadForecast
{
    public static readonly Feed<LoadRow> Feed = LoadForecasts.Feed(
        "ercot/load-forecast",
        "ERCOT seven-day load forecast by weather zone",
        "ERCOT public API, NP3-565-CD, rows in use",
        "8 weather zones and the total × the hours of 8 days × postings",
        static day => ErcotRequests.Day("np3-565-cd/lf_by_model_weather_zone", day, filter: "&inUseFlag=true"),
        static head => ErcotHeads.IsJson(head)
            ? LoadForecastModels.IsReport(head) && LoadForecastModels.IsInUse(head)
            : head.HeaderHas("DeliveryDate", "HourEnding", "Coast", "SystemTotal"));
}

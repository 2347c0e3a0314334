using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT seven-day load forecast by forecast zone, as posted every hour.</summary>
/// <remarks>
/// <para>Source: report NP3-560-CD of the public API; MIS documents of type 12311.</para>
/// <para>Shape: 4 forecast zones and the total × the hours of 8 days × postings.</para>
/// <para>Units: MW; up to 20 digits are printed, more than a double holds.</para>
/// <para>Time: hour ending, Central clock, with DSTFlag. Issued when posted: the column, or the time in the document's
/// name.</para>
/// <para>Revisions: every posting stays beside the others, told apart by the time of issue.</para>
/// </remarks>
public static class LoadForecastByZone
{
    private const string ReportTypeId = "12311";
    private const string Endpoint = "7d_load_fcast_by_fzn";

    public static readonly Feed<LoadRow> Feed = LoadForecasts.Feed(
        "ercot/load-forecast-by-zone",
        "ERCOT seven-day load forecast by forecast zone",
        "ERCOT public API, NP3-560-CD; MIS documents of report type 12311",
        "4 forecast zones and the total × the hours of 8 days × postings",
        static day => ErcotRequests.Day($"np3-560-cd/{Endpoint}", day),
        static head => ErcotHeads.IsListing(head, ReportTypeId) || (ErcotHeads.IsJson(head)
            ? head.Has(Endpoint) || (head.Has("\"systemTotal\"") && head.Has("\"houston\""))
            : head.HeaderHas("DeliveryDate", "HourEnding", "Houston", "SystemTotal")));
}

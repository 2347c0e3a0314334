using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Aeso;

/// <summary>AESO supply and demand as they are now: totals, fuels, interchange, and in the web report every asset.</summary>
/// <remarks>
/// <para>Source: API, currentsupplydemand-api v2; or the web report as CSV, which a person hands over.</para>
/// <para>Shape: series <c>supply-demand/Alberta Internal Load (AIL)</c>, <c>supply-demand/fuel/WIND/TNG</c> (MC, TNG, DCR: maximum
/// capability, total net generation, dispatched contingency reserve), <c>supply-demand/interchange/Montana</c>,
/// <c>supply-demand/asset/Genesee #1 (GN1)/TNG</c>; the newest reading alone.</para>
/// <para>Units: MW, whole numbers; interchange is negative for imports.</para>
/// <para>Time: a reading at an instant; UTC in the API, Alberta's clock in the web report.</para>
/// <para>Revisions: none; what was not looked at in time is gone.</para>
/// </remarks>
public static class SupplyDemand
{
    /// <summary>The newest reading of the running day, every quarter of an hour; the day before is gone.</summary>
    internal static readonly Schedule Schedule = new(
        FirstAt: Duration.FromMinutes(10),
        CompleteAt: Duration.FromHours(22) + Duration.FromMinutes(55),
        RefreshEvery: Duration.FromMinutes(15),
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null,
        KeptDays: 1);

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("aeso/supply-demand"),
        Title = "AESO supply, demand, interchange and reserves, now",
        Facts = new FeedFacts(
            "AESO API currentsupplydemand-api v2, or the web report Current Supply Demand",
            "totals, fuels and interchanges; assets in the web report; the newest reading alone",
            "MW, whole numbers; interchange is negative for imports",
            "a reading at an instant; UTC, or Alberta's clock in the web report",
            "none; what was not looked at in time is gone"),
        Zone = MarketZones.Mountain,
        Schedule = Schedule,
        Suite = "timeseries_observation",
        Table = SeriesTables.Observation,
        Locate = AesoRequests.Summary,
        Recognizes = SummaryCsv.Recognizes,
        Parse = static (file, output) => Summary.Parse<SeriesPoint>(file, output, static (summary, rows) =>
        {
            var at = DeliveryInterval.At(summary.At);
            foreach (var value in summary.Values)
            {
                rows.Add(new SeriesPoint(new SeriesKey(IdOf(value), "MW", value.Name), at, value.Mw));
            }
        }),
    };

    private static string IdOf(SummaryValue value)
    {
        var name = value.Name.Replace('/', '-');
        var part = value.Part == SummaryPart.Total ? "" : value.Part.ToString().ToLowerInvariant() + "/";
        return $"supply-demand/{part}{name}{(value.Measure.Length > 0 ? "/" + value.Measure : "")}";
    }
}

using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;

namespace Aurum.Sources.Aeso;

/// <summary>What stands beside AESO's forecast of wind and sun: its least and most, the capability, and what was made.</summary>
/// <remarks>
/// <para>Source: web reports wind_rpt_longterm.csv and solar_rpt_longterm.csv, as for <see cref="RenewableForecast"/>.</para>
/// <para>Shape: 216 hours × series <c>wind-outlook/min</c>, <c>wind-outlook/max</c>, <c>wind-outlook/capability</c>, and
/// <c>wind-outlook/actual</c> where the hour is over; <c>solar-outlook/</c> alike. Percent columns are left out.</para>
/// <para>Units: MW, two decimals.</para>
/// <para>Time: as of <see cref="RenewableForecast"/>.</para>
/// <para>Revisions: every hour, in place; the time of issue is not in the file.</para>
/// </remarks>
public static class RenewableOutlook
{
    private static readonly (string Column, string Series)[] Quantities =
        [("Min", "min"), ("Max", "max"), ("Actual", "actual"), ("MCR", "capability")];

    public static readonly Feed<SeriesPoint> Wind = Feed("aeso/wind-outlook", "wind");

    public static readonly Feed<SeriesPoint> Solar = Feed("aeso/solar-outlook", "solar");

    private static Feed<SeriesPoint> Feed(string id, string kind) => new()
    {
        Id = new FeedId(id),
        Title = $"AESO {kind}: range of the forecast, capability and what was made, nine days",
        Facts = new FeedFacts(
            $"AESO web report {kind}_rpt_longterm.csv",
            "216 hours × min, max, capability, and what was made where the hour is over",
            "MW, two decimals",
            "beginning of the hour, Alberta's clock without flag; file order tells the repeated hour",
            "every hour, in place"),
        Zone = MarketZones.Mountain,
        Schedule = RenewableFile.Schedule,
        Suite = "timeseries_observation",
        IssueReachHours = RenewableFile.ReachHours,
        RowsLieInDay = false,
        Table = SeriesTables.Observation,
        Locate = (_, _) => RenewableFile.Locate(kind),
        Recognizes = static _ => false,
        Parse = (file, output) => RenewableFile.Parse<SeriesPoint>(file, output, csv =>
        {
            var columns = Quantities.Select(q => (
                Column: csv.Header.Required(q.Column), Series: new SeriesKey($"{kind}-outlook/{q.Series}", "MW"))).ToArray();
            return (hour, rows) =>
            {
                foreach (var (column, series) in columns)
                {
                    if (!csv.IsEmpty(column))
                    {
                        rows.Add(new SeriesPoint(series, hour, csv.Number(column)));
                    }
                }
            };
        }),
    };
}

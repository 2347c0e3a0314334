using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Aeso;

/// <summary>AESO forecast of wind and sun for the next week, by the hour.</summary>
/// <remarks>
/// <para>Source: web reports wind_rpt_longterm.csv and solar_rpt_longterm.csv.</para>
/// <para>Shape: 216 hours, the most likely value of <c>WIND</c> or <c>SOLAR</c>. What else the file has is
/// <see cref="RenewableOutlook"/>.</para>
/// <para>Units: MW, two decimals.</para>
/// <para>Time: beginning of the hour on Alberta's clock without a mark of the repeated hour, which the order of the file tells. The
/// form on days of a clock change was not seen: where such an hour stands once, the file is refused.</para>
/// <para>Revisions: every hour, in place; the time of issue is not in the file.</para>
/// </remarks>
public static class RenewableForecast
{
    public static readonly Feed<GenerationRow> Wind = Feed("aeso/wind-forecast", "AESO wind forecast, nine days", "wind", "WIND");

    public static readonly Feed<GenerationRow> Solar = Feed("aeso/solar-forecast", "AESO solar forecast, nine days", "solar", "SOLAR");

    private static Feed<GenerationRow> Feed(string id, string title, string kind, string fuel) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = new FeedFacts(
            $"AESO web report {kind}_rpt_longterm.csv",
            "216 hours, the most likely value",
            "MW, two decimals",
            "beginning of the hour, Alberta's clock without flag; file order tells the repeated hour",
            "every hour, in place"),
        Zone = MarketZones.Mountain,
        Schedule = RenewableFile.Schedule,
        Contract = AesoFeeds.Contract(IsoMarket.DayAhead, IsoProduct.GenerationForecast, 60),
        Suite = "iso_genmix",
        IssueReachHours = RenewableFile.ReachHours,
        RowsLieInDay = false,
        Table = PowerTables.Generation,
        Locate = (_, _) => RenewableFile.Locate(kind),
        Recognizes = head => head.HeaderHas("Forecast Transaction Date", "Most Likely", "MCR")
            && head.Name.Contains(kind, StringComparison.OrdinalIgnoreCase)
            && !head.Name.Contains("windsolar", StringComparison.OrdinalIgnoreCase),
        Parse = (file, output) => RenewableFile.Parse<GenerationRow>(file, output, csv =>
        {
            var column = csv.Header.Required("Most Likely");
            var symbol = new Symbol(fuel);
            return (hour, rows) =>
            {
                if (!csv.IsEmpty(column))
                {
                    rows.Add(new GenerationRow(AesoFeeds.System, symbol, hour, csv.Number(column)));
                }
            };
        }),
    };
}

using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>Wind and solar power, hourly: what was generated in the last two days and what is forecast for the next seven, in one
/// report that is posted every hour.</summary>
internal static class RenewableReport
{
    /// <param name="id">Feed id.</param>
    /// <param name="fuel">Wind or Solar.</param>
    /// <param name="emilId">The report's id in the public API.</param>
    /// <param name="endpoint">Its endpoint.</param>
    /// <param name="reportTypeId">Its type in listings of documents.</param>
    /// <param name="forecast">Name of the forecast in use, which columns begin with.</param>
    /// <param name="region">A region that only the report by region has columns for.</param>
    /// <param name="isByRegion">Whether this is the report by region.</param>
    public static Feed<GenerationRow> Feed(
        string id, string fuel, string emilId, string endpoint, string reportTypeId, string forecast, string region,
        bool isByRegion = false) => new()
    {
        Id = new FeedId(id),
        Title = $"ERCOT {fuel.ToLowerInvariant()} power{(isByRegion ? " by region" : "")}, generated and forecast",
        Facts = new FeedFacts(
            $"ERCOT public API, {emilId.ToUpperInvariant()} (report type {reportTypeId})",
            "about 216 hours a posting × generation, limits and forecasts, some by region",
            "MW, mean over the hour; generation of hours to come is absent",
            "hour ending, Central clock with DSTFlag; forecasts are issued when posted",
            "generation is corrected by later postings; forecasts of all postings are kept"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-24),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("ERCOT", IsoMarket.DayAhead, IsoProduct.GenerationForecast, MarketZones.Central, 60),
        Suite = "iso_genmix",
        IntervalMinutes = 60,
        RowsLieInDay = false,
        Table = PowerTables.Generation,
        Locate = (day, _) => ErcotRequests.Day($"{emilId}/{endpoint}", day),
        NextPage = ErcotRequests.Next,
        Recognizes = head => ErcotHeads.IsListing(head, reportTypeId)
            || (ErcotHeads.IsJson(head)
                ? head.Has($"\"{forecast}SystemWide\"") && head.Has($"\"{forecast}{region}\"") == isByRegion
                : head.HeaderHas($"{forecast}_SYSTEM_WIDE") && head.HeaderHas($"{forecast}_{region}") == isByRegion),
        Parse = (file, output) => ErcotReport.Parse<GenerationRow>(file, output, (table, rows) => ReadTable(table, rows, fuel)),
    };

    private static void ReadTable(ErcotReport report, RowBuffer<GenerationRow> rows, string fuel)
    {
        var hours = new ErcotHours(report, default);
        var columns = RenewableColumns.Of(report.Header, fuel);
        var posted = report.Header.Optional("postedDatetime");
        var metered = new Dictionary<(RenewableColumn, DeliveryInterval), (long Posted, double Mw)>();
        while (report.Read())
        {
            var hour = hours.ReadHour();
            var issued = ErcotHours.PostedUnixSeconds(report, posted);
            foreach (var column in columns)
            {
                var mw = report.NumberOrNaN(column.Index);
                if (double.IsNaN(mw))
                {
                    continue;
                }

                if (column.IsForecast)
                {
                    rows.Add(new GenerationRow(column.Area, column.Fuel, hour, mw, issued));
                }
                else if (!metered.TryGetValue((column, hour), out var known) || issued >= known.Posted)
                {
                    metered[(column, hour)] = (issued, mw);
                }
            }
        }

        AddMetered(rows, metered);
    }

    /// <summary>Postings overlap and an answer may hold many: of metered values only the latest posted one counts.</summary>
    private static void AddMetered(
        RowBuffer<GenerationRow> rows,
        Dictionary<(RenewableColumn Column, DeliveryInterval Hour), (long Posted, double Mw)> metered)
    {
        foreach (var ((column, hour), value) in metered)
        {
            rows.Add(new GenerationRow(column.Area, column.Fuel, hour, value.Mw));
        }
    }
}

using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>What the feeds of wind and solar power have in common, generated and forecast.</summary>
internal static class RenewableFeeds
{
    /// <summary>Generation by hour and area, posted on the next day.</summary>
    public static Feed<GenerationRow> Generated(string id, string fuel, string name, string column) => new()
    {
        Id = new FeedId(id),
        Title = $"PJM {fuel.ToLowerInvariant()} generation by area, hourly",
        Facts = new FeedFacts(
            $"PJM Data Miner 2, {name}",
            "some regions and the whole × 23, 24 or 25 hours, newest first",
            "MW, three decimals, mean over the hour; negative where plants take more than they make",
            "beginning of the hour, UTC; posted on the next day",
            "values change in place; looked for during ten days"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(28),
            CompleteAt: Duration.FromHours(36),
            RefreshEvery: Duration.FromHours(2),
            CorrectionsFor: Duration.FromDays(10),
            CorrectionChecks: Duration.FromDays(2)),
        Contract = IsoContract.Of("PJM", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Eastern, 60),
        Suite = "iso_genmix",
        IntervalMinutes = 60,
        Table = PowerTables.Generation,
        Locate = (day, _) => PjmRequests.Day(name, day, fields: $"datetime_beginning_utc,area,{column}"),
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = head => PjmHeads.Is(head, name, "area", column),
        Parse = (file, output) => PjmTable.Parse<GenerationRow>(
            file, output, (table, rows) => ReadGenerated(table, rows, new Symbol(fuel), column)),
    };

    /// <summary>Forecasts by hour for the whole of PJM, every one that was made for the hours of a day.</summary>
    /// <param name="id">Feed id.</param>
    /// <param name="fuel">Fuel.</param>
    /// <param name="name">Name in Data Miner.</param>
    /// <param name="pace">How often a forecast is made.</param>
    /// <param name="columns">Columns of energy with the fuel that a row names, the first one always there.</param>
    public static Feed<GenerationRow> Forecast(
        string id, string fuel, string name, string pace, IReadOnlyList<(string Column, Symbol Fuel)> columns) => new()
    {
        Id = new FeedId(id),
        Title = $"PJM {fuel.ToLowerInvariant()} power forecast, hourly",
        Facts = new FeedFacts(
            $"PJM Data Miner 2, {name}",
            $"the whole of PJM × hours × forecasts: a new one {pace} for the two days ahead",
            "MW, three decimals: the energy of an hour",
            "beginning of the hour, UTC; issued when evaluated",
            "forecasts stand side by side, each with its time of issue; kept for 30 days"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-40),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(30),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null,
            KeptDays: 30),
        Contract = IsoContract.Of("PJM", IsoMarket.DayAhead, IsoProduct.GenerationForecast, MarketZones.Eastern, 60),
        Suite = "iso_genmix",
        Table = PowerTables.Generation,
        Locate = (day, _) => PjmRequests.Day(
            name, day, fields: $"datetime_beginning_utc,evaluated_at_utc,{string.Join(',', columns.Select(c => c.Column))}"),
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = head => PjmHeads.Is(head, name, "evaluated_at_utc", columns[0].Column),
        Parse = (file, output) => PjmTable.Parse<GenerationRow>(
            file, output, (table, rows) => ReadForecasts(table, rows, columns)),
    };

    private static void ReadGenerated(PjmTable table, RowBuffer<GenerationRow> rows, Symbol fuel, string column)
    {
        var times = table.Times("datetime_beginning_utc");
        var area = table.Header.Required("area");
        var generation = table.Header.Required(column);
        var areas = PjmPlaces.Areas(table.FileName);
        while (table.Read())
        {
            rows.Add(new GenerationRow(areas.Of(table[area]), fuel, times.Starting(60), table.NumberOrNaN(generation)));
        }
    }

    private static void ReadForecasts(
        PjmTable table, RowBuffer<GenerationRow> rows, IReadOnlyList<(string Column, Symbol Fuel)> columns)
    {
        var times = table.Times("datetime_beginning_utc");
        var issued = table.Times("evaluated_at_utc");
        var places = columns.Select(c => (Index: table.Header.Required(c.Column), c.Fuel)).ToArray();
        table.Header.Ignore("datetime_ending_utc", "evaluated_at_ept");
        while (table.Read())
        {
            var hour = times.Starting(60);
            var issue = issued.Read();
            foreach (var (index, fuel) in places)
            {
                rows.Add(new GenerationRow(PjmPlaces.System, fuel, hour, table.NumberOrNaN(index), issue));
            }
        }
    }
}

using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO solar generation behind the meter by zone: what it is estimated to have been, and the forecast of the day
/// before.</summary>
/// <remarks>
/// <para>Source: MIS, btmactualforecast (files named BTMEstimatedActual) and btmdaforecast; since November 2020. The form is as
/// maintained clients read it; no recording is at hand.</para>
/// <para>Shape: 11 zones and the whole (SYSTEM, stored as NYISO) × 23, 24 or 25 hours.</para>
/// <para>Units: MW.</para>
/// <para>Time: beginning of the hour, New York clock with EDT or EST beside it. Estimates appear about 8 hours after the day's end,
/// forecasts at 7:55 on the day before.</para>
/// <para>Revisions: estimates in place, within a few days.</para>
/// </remarks>
public static class SolarBehindMeter
{
    private const string Shape = "11 zones and the whole × 23, 24 or 25 hours";
    private const string Time = "beginning of the hour, New York clock with EDT or EST beside it";
    private const string ActualName = "BTMEstimatedActual";
    private const string ForecastName = "btmdaforecast";

    private static readonly Symbol Fuel = new("Solar behind the meter");

    public static readonly Feed<GenerationRow> Actual = Feed(
        new FeedId("nyiso/solar-behind-meter"),
        "NYISO solar generation behind the meter, estimated",
        new FeedFacts($"NYISO MIS, {ActualName}", Shape, "MW", Time, "in place, within a few days"),
        new Schedule(
            FirstAt: Duration.FromHours(32),
            CompleteAt: Duration.FromHours(34),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(5),
            CorrectionChecks: Duration.FromDays(1)),
        IsoContract.Of("NYISO", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Eastern, 60),
        "btmactualforecast",
        ActualName);

    public static readonly Feed<GenerationRow> Forecast = Feed(
        new FeedId("nyiso/solar-behind-meter-forecast"),
        "NYISO solar generation behind the meter, forecast of the day before",
        new FeedFacts($"NYISO MIS, {ForecastName}", Shape, "MW", Time, "none seen"),
        new Schedule(
            FirstAt: Duration.FromHours(-16),
            CompleteAt: Duration.FromHours(-15),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        IsoContract.Of("NYISO", IsoMarket.DayAhead, IsoProduct.GenerationForecast, MarketZones.Eastern, 60),
        ForecastName,
        ForecastName);

    private static Feed<GenerationRow> Feed(
        FeedId id, string title, FeedFacts facts, Schedule schedule, IsoContract contract, string dataset, string name) => new()
    {
        Id = id,
        Title = title,
        Facts = facts,
        Zone = MarketZones.Eastern,
        Schedule = schedule,
        Contract = contract,
        Suite = "iso_genmix",
        IntervalMinutes = 60,
        Table = PowerTables.Generation,
        Locate = (day, now) => NyisoFiles.Locate(dataset, name, day, now),
        Recognizes = head => head.HeaderHas("Time Stamp", "Time Zone", "Zone Name", "MW Value")
            && $"{head.Name}/{head.InnerName}".Contains(name, StringComparison.OrdinalIgnoreCase),
        Parse = static (file, output) => NyisoFiles.Parse<GenerationRow>(file, output, static (csv, _, rows) => ReadDay(csv, rows)),
    };

    private static IReadOnlyList<string> ReadDay(CsvReader csv, RowBuffer<GenerationRow> rows)
    {
        var times = new ZonedTimes(csv);
        var name = csv.Header.Required("Zone Name");
        var power = csv.Header.Required("MW Value");
        var ptid = csv.Header.Optional("Zone PTID");
        var zones = new NameTable<Location>(csv.File, text => text == "SYSTEM"
            ? NyisoPlaces.ControlArea
            : new Location(text, NyisoPlaces.InLoadFile(text), publisherId: ptid >= 0 ? csv.Text(ptid) : null));
        while (csv.Read())
        {
            var zone = zones.Of(csv[name], csv.Line);
            var hour = DeliveryInterval.FromUnixSeconds(times.Read().ToUnixTimeSeconds(), 3600);
            rows.Add(new GenerationRow(zone, Fuel, hour, csv.NumberOrNaN(power)));
        }

        return [];
    }
}

using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT prices of every dispatch run (SCED), by electrical bus.</summary>
/// <remarks>
/// <para>Source: report NP6-787-CD of the public API; MIS documents of type 11485, one run each.</para>
/// <para>Shape: about 17,000 buses × some 290 runs a day: five million rows, asked for hour by hour.</para>
/// <para>Units: USD/MWh, up to two decimals, negative allowed. No components.</para>
/// <para>Time: the instant of the run, Central clock; the flag tells the repeated hour, which one request brings twice.</para>
/// <para>Revisions: none.</para>
/// </remarks>
public static class ScedBusLmp
{
    private const string Endpoint = "lmp_electrical_bus";

    public static readonly Feed<LmpRow> Feed = new()
    {
        Id = new FeedId("ercot/lmp-bus"),
        Title = "ERCOT dispatch (SCED) prices by electrical bus",
        Facts = new FeedFacts(
            "ERCOT public API, NP6-787-CD (report type 11485), asked for hour by hour",
            "about 17,000 electrical buses × some 290 dispatch runs a day",
            "USD/MWh, up to two decimals, negative allowed; no components",
            "instant of the dispatch run at odd seconds, Central clock; RepeatedHourFlag is set in the second pass",
            "none"),
        Zone = MarketZones.Central,
        Schedule = ErcotSchedules.Dispatch with { RefreshEvery = Duration.FromHours(1) },
        Contract = IsoContract.Of("ERCOT", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.Central, 0),
        Suite = "iso_lmp",
        Table = PowerTables.Lmp,
        Locate = static (day, now) => ErcotRequests.DispatchHours($"np6-787-cd/{Endpoint}", day, now),
        NextPage = ErcotRequests.Next,
        Recognizes = static head => ErcotHeads.IsJson(head)
            ? head.Has(Endpoint) || (head.Has("\"electricalBus\"") && head.Has("\"LMP\""))
            : head.HeaderHas("SCEDTimestamp", "ElectricalBus", "LMP"),
        Parse = static (file, output) => ErcotReport.Parse<LmpRow>(file, output, static (report, rows) =>
            BusPrices.Read(report, rows, "electricalBus", new ErcotRuns(report, default).Read)),
    };
}

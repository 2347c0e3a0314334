using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>IESO adequacy: what supply and demand of a day are expected to be, hour by hour.</summary>
/// <remarks>
/// <para>Source: public report Adequacy3, an XML a day; Adequacy2 before it has the same form.</para>
/// <para>Shape: 88 series × 24 hours, named by their place in the report: <c>adequacy/ForecastSupply/InternalResources/Nuclear/
/// Schedules</c>, <c>adequacy/ForecastDemand/OntarioDemand/PeakDemand</c>. See <see cref="AdequacySeries"/>.</para>
/// <para>Units: MW, or MWh where the element says EnergyMWhr; ramp flags become 1 and 0.</para>
/// <para>Time: hour ending 1 to 24 on Eastern Standard Time all year.</para>
/// <para>Revisions: put out from 34 days before on; here collected from the day before, in place, until the day's end. The files of
/// about 90 days are kept.</para>
/// </remarks>
public static class Adequacy
{
    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("ieso/adequacy"),
        Title = "IESO adequacy: expected supply and demand",
        Facts = new FeedFacts(
            "IESO public report Adequacy3",
            "88 series × 24 hours",
            "MW, or MWh where the report says so; ramp flags 1 and 0",
            "hour ending, Eastern Standard Time all year: every day has 24 hours",
            "in place until the day's end"),
        Zone = MarketZones.EasternStandard,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-24),
            CompleteAt: Duration.FromHours(24),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromDays(1),
            IesoSchedules.LongKeptDays),
        Suite = "timeseries_observation",
        IntervalMinutes = 60,
        Table = SeriesTables.Observation,
        Locate = static (day, _) => IesoFiles.Day("Adequacy3", "xml", day),
        Recognizes = static head => IesoHeads.IsReport(head, "Adequacy3", "Adequacy Report")
            || IesoHeads.IsReport(head, "Adequacy2", "Adequacy Report"),
        Parse = static (file, output) => IesoFiles.Parse(file, output, (entry, rows) =>
        {
            using var xml = new IesoXml(file, entry);
            new AdequacySeries(xml, rows).Read();
            return xml.Notes;
        }),
    };
}

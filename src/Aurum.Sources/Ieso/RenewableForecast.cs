using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>IESO forecast of wind and sun by zone for the next 48 hours.</summary>
/// <remarks>
/// <para>Source: public report VGForecastSummary, an XML a day, replaced every hour by the newest forecast.</para>
/// <para>Shape: wind and sun, of market participants and of embedded plants (<c>Wind embedded</c>) × zones and ONTARIO × 48
/// hours.</para>
/// <para>Units: MW, one decimal.</para>
/// <para>Time: hour ending 1 to 24 on Eastern Standard Time all year; ForecastTimeStamp is the time of issue.</para>
/// <para>Revisions: each forecast stays beside the others under its time of issue; those replaced between two looks are not
/// seen.</para>
/// </remarks>
public static class RenewableForecast
{
    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("ieso/renewable-forecast"),
        Title = "IESO wind and solar forecast by zone, 48 hours",
        Facts = new FeedFacts(
            "IESO public report VGForecastSummary",
            "wind and sun, of market participants and embedded × zones and Ontario × 48 hours",
            "MW, one decimal",
            "hour ending, Eastern Standard Time all year; with its time of issue",
            "a new forecast every hour, in place"),
        Zone = MarketZones.EasternStandard,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(1),
            CompleteAt: Duration.FromHours(24),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null,
            IesoSchedules.ShortKeptDays),
        Contract = IesoFeeds.Contract(IsoMarket.DayAhead, IsoProduct.GenerationForecast, 60),
        Suite = "iso_genmix",
        RowsLieInDay = false,
        Table = PowerTables.Generation,
        Locate = static (day, _) => IesoFiles.Day("VGForecastSummary", "xml", day),
        Recognizes = static head =>
            IesoHeads.IsReport(head, "VGForecastSummary", "Variable Generation Forecast Summary Report"),
        Parse = static (file, output) => IesoFiles.Parse(file, output, (entry, rows) =>
        {
            using var xml = new IesoXml(file, entry);
            new Reader(xml, rows).Read();
            return xml.Notes;
        }),
    };

    /// <summary>A fuel, by itself and embedded in the distribution grids.</summary>
    private sealed class Fuel(string name)
    {
        public Symbol OfMarket { get; } = new(name);

        public Symbol Embedded { get; } = new(name + " embedded");
    }

    private sealed class Reader(IesoXml xml, RowBuffer<GenerationRow> rows)
    {
        private readonly NameTable<Location> _zones = new(xml.File, IesoPlaces.Zone, limit: 1_000);
        private readonly NameTable<Fuel> _fuels = new(xml.File, static name => new Fuel(name), limit: 100);
        private long _issued;

        public void Read()
        {
            var body = xml.Depth;
            while (xml.Next(body))
            {
                if (xml.Is("ForecastTimeStamp"u8))
                {
                    _issued = xml.Stamp("ForecastTimeStamp");
                }
                else if (xml.Is("OrganizationData"u8))
                {
                    xml.Require(_issued != 0, "ForecastTimeStamp");
                    ReadOrganization();
                }
                else
                {
                    xml.SkipUnknown();
                }
            }

            xml.Require(rows.Total > 0, "ForecastInterval");
        }

        private void ReadOrganization()
        {
            var depth = xml.Depth;
            bool? isEmbedded = null;
            while (xml.Next(depth))
            {
                if (xml.Is("OrganizationType"u8))
                {
                    isEmbedded = xml.Text().SequenceEqual("EMBEDDED"u8);
                }
                else if (xml.Is("FuelData"u8))
                {
                    xml.Require(isEmbedded is not null, "OrganizationType");
                    ReadFuel(isEmbedded == true);
                }
                else
                {
                    xml.SkipUnknown();
                }
            }
        }

        private void ReadFuel(bool isEmbedded)
        {
            var depth = xml.Depth;
            Symbol? fuel = null;
            while (xml.Next(depth))
            {
                if (xml.Is("FuelType"u8))
                {
                    var found = _fuels.Of(xml.Text(), xml.Line);
                    fuel = isEmbedded ? found.Embedded : found.OfMarket;
                }
                else if (xml.Is("ResourceData"u8))
                {
                    xml.Require(fuel is not null, "FuelType");
                    ReadZone(fuel!);
                }
                else
                {
                    xml.SkipUnknown();
                }
            }
        }

        private void ReadZone(Symbol fuel)
        {
            var depth = xml.Depth;
            Location? zone = null;
            while (xml.Next(depth))
            {
                if (xml.Is("ZoneName"u8))
                {
                    zone = _zones.Of(xml.Text(), xml.Line);
                }
                else if (xml.Is("EnergyForecast"u8))
                {
                    xml.Require(zone is not null, "ZoneName");
                    ReadDay(fuel, zone!);
                }
                else
                {
                    xml.SkipUnknown();
                }
            }
        }

        private void ReadDay(Symbol fuel, Location zone)
        {
            var depth = xml.Depth;
            while (xml.Next(depth))
            {
                if (xml.Is("ForecastDate"u8))
                {
                    xml.ReadDate(isDayAskedFor: false);
                }
                else if (xml.Is("ForecastInterval"u8))
                {
                    ReadHour(fuel, zone);
                }
                else
                {
                    xml.SkipUnknown();
                }
            }
        }

        private void ReadHour(Symbol fuel, Location zone)
        {
            var depth = xml.Depth;
            var hour = 0;
            var mw = double.NaN;
            var hasValue = false;
            while (xml.Next(depth))
            {
                if (xml.Is("ForecastHour"u8))
                {
                    hour = xml.WholeNumber("ForecastHour");
                }
                else if (xml.Is("MWOutput"u8))
                {
                    (hasValue, mw) = (true, xml.NumberOrNaN("MWOutput"));
                }
                else
                {
                    xml.SkipUnknown();
                }
            }

            xml.Require(hour != 0, "ForecastHour");
            xml.Require(hasValue, "MWOutput");
            rows.Add(new GenerationRow(zone, fuel, xml.Hour(hour), mw, _issued));
        }
    }
}

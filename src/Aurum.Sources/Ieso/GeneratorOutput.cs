using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>IESO output and capability of generators of 20 MW and more, by the hour.</summary>
/// <remarks>
/// <para>Source: public report GenOutputCapability, an XML a day, rewritten every hour.</para>
/// <para>Shape: some 190 generators × 24 hours × output, capability and available capacity. Fuel is the generator's (<c>NUCLEAR</c>);
/// the other two carry a suffix: <c>NUCLEAR capability</c>, <c>NUCLEAR available capacity</c>. Wind and sun have their forecast
/// for capability.</para>
/// <para>Units: MW, whole numbers.</para>
/// <para>Time: hour ending 1 to 24 on Eastern Standard Time all year. Root and namespace are those of the former operator
/// (IMODocument).</para>
/// <para>Revisions: in place; the files of about 90 days are kept.</para>
/// </remarks>
public static class GeneratorOutput
{
    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("ieso/generator-output"),
        Title = "IESO output and capability by generator",
        Facts = new FeedFacts(
            "IESO public report GenOutputCapability",
            "some 190 generators × 24 hours × output, capability and available capacity",
            "MW, whole numbers",
            "hour ending, Eastern Standard Time all year: every day has 24 hours",
            "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(90),
            CompleteAt: Duration.FromMinutes((25 * 60) + 30),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(5),
            CorrectionChecks: Duration.FromDays(1),
            IesoSchedules.LongKeptDays),
        Contract = IesoFeeds.Contract(IsoMarket.RealTime, IsoProduct.Generation, 60),
        Suite = "iso_genmix",
        IntervalMinutes = 60,
        Table = PowerTables.Generation,
        Locate = static (day, _) => IesoFiles.Day("GenOutputCapability", "xml", day),
        Recognizes = static head =>
            IesoHeads.IsReport(head, "GenOutputCapability", "Generators Output and Capability Report"),
        Parse = static (file, output) => IesoFiles.Parse(file, output, (entry, rows) =>
        {
            using var xml = new IesoXml(file, entry);
            new Reader(xml, rows).Read();
            return xml.Notes;
        }),
    };

    /// <summary>The three symbols of a fuel.</summary>
    private sealed class Fuel(string name)
    {
        public Symbol Output { get; } = new(name);

        public Symbol Capability { get; } = new(name + " capability");

        public Symbol AvailableCapacity { get; } = new(name + " available capacity");
    }

    private sealed class Reader(IesoXml xml, RowBuffer<GenerationRow> rows)
    {
        private readonly NameTable<Location> _places = NameTables.Locations(xml.File, static _ => LocationType.Resource);
        private readonly NameTable<Fuel> _fuels = new(xml.File, static name => new Fuel(name), limit: 100);

        public void Read()
        {
            var body = xml.Depth;
            var hasOutputs = false;
            while (xml.Next(body))
            {
                if (xml.Is("Date"u8))
                {
                    xml.ReadDate();
                }
                else if (xml.Is("Generators"u8))
                {
                    var list = xml.Depth;
                    while (xml.Next(list))
                    {
                        hasOutputs |= ReadGenerator();
                    }
                }
                else
                {
                    xml.SkipUnknown();
                }
            }

            xml.Require(hasOutputs, "Generators with a Generator with Outputs");
        }

        private bool ReadGenerator()
        {
            var depth = xml.Depth;
            Location? place = null;
            Fuel? fuel = null;
            var hasOutputs = false;
            while (xml.Next(depth))
            {
                if (xml.Is("GeneratorName"u8))
                {
                    place = _places.Of(xml.Text(), xml.Line);
                }
                else if (xml.Is("FuelType"u8))
                {
                    fuel = _fuels.Of(xml.Text(), xml.Line);
                }
                else if (xml.Is("Outputs"u8) || xml.Is("Capabilities"u8) || xml.Is("Capacities"u8))
                {
                    xml.Require(place is not null, "GeneratorName");
                    xml.Require(fuel is not null, "FuelType");
                    var isOutput = xml.Is("Outputs"u8);
                    hasOutputs |= isOutput;
                    ReadHours(place!, isOutput ? fuel!.Output : xml.Is("Capabilities"u8) ? fuel!.Capability : fuel!.AvailableCapacity);
                }
                else
                {
                    xml.SkipUnknown();
                }
            }

            return hasOutputs;
        }

        private void ReadHours(Location place, Symbol quantity)
        {
            var list = xml.Depth;
            while (xml.Next(list))
            {
                var item = xml.Depth;
                var hour = 0;
                var mw = double.NaN;
                while (xml.Next(item))
                {
                    if (xml.Is("Hour"u8))
                    {
                        hour = xml.WholeNumber("Hour");
                    }
                    else if (xml.Is("EnergyMW"u8))
                    {
                        mw = xml.NumberOrNaN("EnergyMW");
                    }
                    else
                    {
                        xml.SkipUnknown();
                    }
                }

                xml.Require(hour != 0, "Hour");
                rows.Add(new GenerationRow(place, quantity, xml.Hour(hour), mw));
            }
        }
    }
}

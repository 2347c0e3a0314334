using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>What the report of generators tells of each.</summary>
internal enum GeneratorQuantity
{
    Output,
    Capability,
    AvailableCapacity,
}

/// <summary>Adds the row of one generator, quantity and hour, where the feed wants it.</summary>
internal delegate void GeneratorHour<TRow>(
    Generator generator, GeneratorQuantity quantity, DeliveryInterval hour, double mw, RowBuffer<TRow> rows)
    where TRow : struct;

/// <summary>A generator of one file.</summary>
internal sealed class Generator(Location place, Symbol fuel)
{
    private SeriesKey? _capability;
    private SeriesKey? _availableCapacity;

    public Location Place { get; } = place;

    public Symbol Fuel { get; } = fuel;

    /// <summary>The series of a quantity: <c>generator-capability/NUCLEAR/BRUCEA-G1/capability</c>. A slash in a name becomes a
    /// bar.</summary>
    public SeriesKey Series(GeneratorQuantity quantity) => quantity == GeneratorQuantity.Capability
        ? _capability ??= Key("capability")
        : _availableCapacity ??= Key("available-capacity");

    private SeriesKey Key(string quantity) =>
        new($"generator-capability/{Fuel.Text.Replace('/', '|')}/{Place.Id.Replace('/', '|')}/{quantity}", "MW");
}

/// <summary>The report GenOutputCapability, which two feeds read.</summary>
internal static class GeneratorFile
{
    public static readonly Schedule Schedule = new(
        FirstAt: Duration.FromMinutes(90),
        CompleteAt: Duration.FromMinutes((25 * 60) + 30),
        RefreshEvery: Duration.FromHours(1),
        CorrectionsFor: Duration.FromDays(5),
        CorrectionChecks: Duration.FromDays(1),
        IesoSchedules.LongKeptDays);

    public static IReadOnlyList<FeedRequest> Locate(OperatingDay day) => IesoFiles.Day("GenOutputCapability", "xml", day);

    /// <exception cref="FeedFormatException">Not the report.</exception>
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, GeneratorHour<TRow> add)
        where TRow : struct => IesoFiles.Parse<TRow>(file, output, (entry, rows) =>
    {
        using var xml = new IesoXml(file, entry);
        new Reader<TRow>(xml, rows, add).Read();
        return xml.Notes;
    });

    private sealed class Reader<TRow>(IesoXml xml, RowBuffer<TRow> rows, GeneratorHour<TRow> add)
        where TRow : struct
    {
        private readonly NameTable<Location> _places = NameTables.Locations(xml.File, static _ => LocationType.Resource);
        private readonly NameTable<Symbol> _fuels = new(xml.File, static name => new Symbol(name), limit: 100);
        private readonly bool[] _hasHour = new bool[Enum.GetValues<GeneratorQuantity>().Length];
        private readonly bool[] _hasValue = new bool[Enum.GetValues<GeneratorQuantity>().Length];

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
            foreach (var quantity in Enum.GetValues<GeneratorQuantity>())
            {
                xml.Require(!_hasHour[(int)quantity] || _hasValue[(int)quantity], $"EnergyMW in the hours of {quantity}");
            }
        }

        private bool ReadGenerator()
        {
            var depth = xml.Depth;
            Location? place = null;
            Symbol? fuel = null;
            Generator? generator = null;
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
                    generator ??= new Generator(place!, fuel!);
                    var isOutput = xml.Is("Outputs"u8);
                    hasOutputs |= isOutput;
                    ReadHours(generator, isOutput ? GeneratorQuantity.Output
                        : xml.Is("Capabilities"u8) ? GeneratorQuantity.Capability : GeneratorQuantity.AvailableCapacity);
                }
                else
                {
                    xml.SkipUnknown();
                }
            }

            return hasOutputs;
        }

        private void ReadHours(Generator generator, GeneratorQuantity quantity)
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
                        _hasValue[(int)quantity] = true;
                    }
                    else
                    {
                        xml.SkipUnknown();
                    }
                }

                xml.Require(hour != 0, "Hour");
                _hasHour[(int)quantity] = true;
                add(generator, quantity, xml.Hour(hour), mw, rows);
            }
        }
    }
}

using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ieso;

/// <summary>Reads the day-ahead report by zone, in which each zone has three lists of 24 hours: price, loss and congestion.</summary>
internal sealed class DayAheadZones(IesoXml xml, RowBuffer<LmpRow> rows)
{
    private const int Hours = 24;

    private static readonly string[] Parts = ["Zonal Price", "Energy Loss Price", "Energy Congestion Price"];

    private readonly NameTable<Location> _places = NameTables.Locations(xml.File, IesoPlaces.InPriceFile);
    private readonly double[] _values = new double[Parts.Length * Hours];
    private readonly bool[] _hasPart = new bool[Parts.Length];

    public static ParseResult Parse(FeedFile file, IRowOutput<LmpRow> output) => IesoFiles.Parse(file, output, (entry, rows) =>
    {
        using var xml = new IesoXml(file, entry);
        new DayAheadZones(xml, rows).Read();
        return xml.Notes;
    });

    private void Read()
    {
        var body = xml.Depth;
        var hasZones = false;
        while (xml.Next(body))
        {
            if (xml.Is("HourlyPrices"u8))
            {
                var list = xml.Depth;
                while (xml.Next(list))
                {
                    hasZones |= xml.Is("TransactionZone"u8);
                    ReadZoneOrSkip();
                }
            }
            else if (!ZonalPrices.TryReadLabel(xml))
            {
                xml.SkipUnknown();
            }
        }

        xml.Require(hasZones, "HourlyPrices with a TransactionZone");
    }

    private void ReadZoneOrSkip()
    {
        if (!xml.Is("TransactionZone"u8))
        {
            xml.SkipUnknown();
            return;
        }

        Array.Fill(_values, double.NaN);
        Array.Clear(_hasPart);
        var zone = xml.Depth;
        Location? place = null;
        while (xml.Next(zone))
        {
            if (xml.Is("ZoneName"u8))
            {
                place = _places.Of(xml.Text(), xml.Line);
            }
            else if (xml.Is("Components"u8))
            {
                ReadPart();
            }
            else
            {
                xml.SkipUnknown();
            }
        }

        xml.Require(place is not null, "ZoneName");
        for (var part = 0; part < Parts.Length; part++)
        {
            xml.Require(_hasPart[part], $"PriceComponent with {Parts[part]}");
        }

        for (var hour = 0; hour < Hours; hour++)
        {
            if (!double.IsNaN(_values[hour]))
            {
                rows.Add(IesoPrice.Row(
                    place!, xml.Hour(hour + 1), _values[hour], _values[Hours + hour], _values[(2 * Hours) + hour]));
            }
        }
    }

    private void ReadPart()
    {
        var list = xml.Depth;
        var part = -1;
        while (xml.Next(list))
        {
            if (xml.Is("PriceComponent"u8))
            {
                var name = Encoding.UTF8.GetString(xml.Text());
                part = Array.IndexOf(Parts, name);
                if (part < 0)
                {
                    throw new FeedFormatException(xml.File, $"{xml.Line}", string.Join(", ", Parts), name);
                }

                _hasPart[part] = true;
            }
            else if (xml.Is("DeliveryHour"u8))
            {
                xml.Require(part >= 0, "PriceComponent");
                ReadValue(part);
            }
            else
            {
                xml.SkipUnknown();
            }
        }
    }

    private void ReadValue(int part)
    {
        var item = xml.Depth;
        var hour = 0;
        var value = double.NaN;
        var hasValue = false;
        while (xml.Next(item))
        {
            if (xml.Is("Hour"u8))
            {
                hour = xml.WholeNumber("Hour");
                xml.Hour(hour);
            }
            else if (xml.Is("LMP"u8))
            {
                (hasValue, value) = (true, xml.NumberOrNaN("LMP"));
            }
            else if (xml.Is("FLAG"u8) || xml.Is("Flag"u8))
            {
                xml.Skip();
            }
            else
            {
                xml.SkipUnknown();
            }
        }

        xml.Require(hour != 0, "Hour");
        xml.Require(hasValue, "LMP");
        _values[(part * Hours) + hour - 1] = value;
    }
}

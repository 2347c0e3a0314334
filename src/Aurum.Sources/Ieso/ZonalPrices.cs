using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ieso;

/// <summary>The elements that hold a price and its parts in one of IESO's reports.</summary>
/// <param name="Label">Hour of a day's report, interval of an hour's.</param>
/// <param name="Price">The price.</param>
/// <param name="Loss">Its loss part.</param>
/// <param name="Congestion">Its congestion part.</param>
internal sealed record PriceElements(string Label, string Price, string Loss, string Congestion)
{
    private readonly byte[] _label = System.Text.Encoding.UTF8.GetBytes(Label);
    private readonly byte[] _price = System.Text.Encoding.UTF8.GetBytes(Price);
    private readonly byte[] _loss = System.Text.Encoding.UTF8.GetBytes(Loss);
    private readonly byte[] _congestion = System.Text.Encoding.UTF8.GetBytes(Congestion);

    /// <summary>Reads one price: the element that holds it has just started. Null where the interval has none yet.</summary>
    public LmpRow? Read(IesoXml xml, Location place, bool isInterval)
    {
        var depth = xml.Depth;
        var label = 0;
        bool hasPrice = false, hasLoss = false, hasCongestion = false;
        double price = double.NaN, loss = double.NaN, congestion = double.NaN;
        while (xml.Next(depth))
        {
            if (xml.Is(_label))
            {
                label = xml.WholeNumber(Label);
            }
            else if (xml.Is(_price))
            {
                (hasPrice, price) = (true, xml.NumberOrNaN(Price));
            }
            else if (xml.Is(_loss))
            {
                (hasLoss, loss) = (true, xml.NumberOrNaN(Loss));
            }
            else if (xml.Is(_congestion))
            {
                (hasCongestion, congestion) = (true, xml.NumberOrNaN(Congestion));
            }
            else if (xml.Is("Flag"u8) || xml.Is("FLAG"u8))
            {
                xml.Skip();
            }
            else
            {
                xml.SkipUnknown();
            }
        }

        xml.Require(label != 0, Label);
        xml.Require(hasPrice, Price);
        xml.Require(hasLoss, Loss);
        xml.Require(hasCongestion, Congestion);
        var delivery = isInterval ? xml.Interval(label) : xml.Hour(label);
        return double.IsNaN(price) ? null : IesoPrice.Row(place, delivery, price, loss, congestion);
    }
}

/// <summary>Reads IESO's price reports in XML: a list of prices of Ontario, or one a zone.</summary>
internal static class ZonalPrices
{
    /// <summary>A report of Ontario's price: the date, the hour of an hour's report, prices.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="row">The element around a price.</param>
    /// <param name="elements">The elements in it.</param>
    /// <param name="isHourly">Whether the report is of an hour, with intervals.</param>
    public static ParseResult ParseOntario(FeedFile file, IRowOutput<LmpRow> output, string row, PriceElements elements, bool isHourly)
    {
        var rowName = System.Text.Encoding.UTF8.GetBytes(row);
        return IesoFiles.Parse(file, output, (entry, rows) =>
        {
            using var xml = new IesoXml(file, entry);
            var depth = xml.Depth;
            var hasRows = false;
            while (xml.Next(depth))
            {
                if (xml.Is(rowName))
                {
                    hasRows = true;
                    Add(rows, elements.Read(xml, IesoPlaces.Ontario, isHourly));
                }
                else if (!TryReadLabel(xml))
                {
                    Pass(xml, "AveragePrice"u8);
                }
            }

            xml.Require(hasRows, row);
            return xml.Notes;
        });
    }

    /// <summary>A report of an hour's prices by zone.</summary>
    public static ParseResult ParseZonesOfHour(FeedFile file, IRowOutput<LmpRow> output, PriceElements elements) =>
        IesoFiles.Parse(file, output, (entry, rows) =>
        {
            using var xml = new IesoXml(file, entry);
            var places = NameTables.Locations(xml.File, IesoPlaces.InPriceFile);
            var depth = xml.Depth;
            var hasRows = false;
            while (xml.Next(depth))
            {
                if (xml.Is("TransactionZone"u8))
                {
                    hasRows |= ReadZone(xml, rows, places, elements);
                }
                else if (!TryReadLabel(xml))
                {
                    xml.SkipUnknown();
                }
            }

            xml.Require(hasRows, "TransactionZone with an IntervalPrice");
            return xml.Notes;
        });

    /// <summary>The date and the hour, in the two spellings of IESO's reports.</summary>
    public static bool TryReadLabel(IesoXml xml)
    {
        if (xml.Is("DeliveryDate"u8) || xml.Is("DELIVERYDATE"u8))
        {
            xml.ReadDate();
            return true;
        }

        if (xml.Is("DeliveryHour"u8) || xml.Is("DELIVERYHOUR"u8))
        {
            xml.ReadHour();
            return true;
        }

        return false;
    }

    private static bool ReadZone(IesoXml xml, RowBuffer<LmpRow> rows, NameTable<Location> places, PriceElements elements)
    {
        var depth = xml.Depth;
        Location? place = null;
        var hasRows = false;
        while (xml.Next(depth))
        {
            if (xml.Is("ZoneName"u8))
            {
                place = places.Of(xml.Text(), xml.Line);
            }
            else if (xml.Is("IntervalPrice"u8))
            {
                xml.Require(place is not null, "ZoneName");
                hasRows = true;
                Add(rows, elements.Read(xml, place!, isInterval: true));
            }
            else
            {
                xml.SkipUnknown();
            }
        }

        return hasRows;
    }

    private static void Add(RowBuffer<LmpRow> rows, LmpRow? row)
    {
        if (row is { } price)
        {
            rows.Add(price);
        }
    }

    private static void Pass(IesoXml xml, ReadOnlySpan<byte> known)
    {
        if (xml.Is(known))
        {
            xml.Skip();
        }
        else
        {
            xml.SkipUnknown();
        }
    }
}

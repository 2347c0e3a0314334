using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Ieso;

/// <summary>Writes the XML reports of zonal prices.</summary>
internal sealed class IesoPrices(IesoBooks books)
{
    private const string Flag = "DSO-RD";

    public IReadOnlyList<IesoReport> All =>
    [
        Day("DAHourlyZonal", books.DayAheadZones, WriteDayAheadZones),
        Day("DAHourlyOntarioZonalPrice", books.DayAheadOntario, WriteDayAheadOntario),
        Hour("RealtimeZonalEnergyPrices", books.RealTimeZones, WriteRealTimeZones),
        Hour("RealtimeOntarioZonalPrice", books.RealTimeOntario, WriteRealTimeOntario),
    ];

    private static IesoReport Day(string name, PriceBook book, Action<IesoXmlText, IesoFileOf, Moment> write) =>
        new(name, "xml", IesoSpan.Day, 90, IesoXmlText.Rows, (file, now) => book.Starts(file.Day, now).Any(),
            (writer, file, moment) => write(new IesoXmlText(writer), file, moment));

    private static IesoReport Hour(string name, PriceBook book, Action<IesoXmlText, IesoFileOf, Moment> write) =>
        new(name, "xml", IesoSpan.Hour, 90, IesoXmlText.Rows, (file, now) => book.Starts(file.Day, now).Any(file.Holds),
            (writer, file, moment) => write(new IesoXmlText(writer), file, moment));

    private void WriteDayAheadOntario(IesoXmlText xml, IesoFileOf file, Moment moment)
    {
        xml.Begin("DAHourlyOntarioZonalPrice", "Day Ahead Hourly Ontario Zonal Energy Price Report", moment);
        xml.Element("DeliveryDate", file.Day.ToString());
        foreach (var (start, place, price) in Prices(books.DayAheadOntario, file, moment))
        {
            xml.Writer.Begin(start, place);
            xml.Open("HourlyPriceComponents");
            xml.Element("PricingHour", IesoText.Hour(start));
            xml.Value("ZonalPrice", price.Lmp, 2);
            xml.Number("LossPriceCapped", price.Loss, 2);
            xml.Number("CongestionPriceCapped", price.Congestion, 2);
            xml.Element("Flag", Flag);
            xml.Close("HourlyPriceComponents");
            xml.Writer.End();
        }

        xml.End();
    }

    private void WriteRealTimeOntario(IesoXmlText xml, IesoFileOf file, Moment moment)
    {
        xml.Begin("RealtimeOntarioZonalPrice", "Real-Time 5-min Ontario Zonal Energy Price Report", moment);
        xml.Element("DeliveryDate", file.Day.ToString());
        xml.Element("DeliveryHour", file.Hour);
        var prices = Prices(books.RealTimeOntario, file, moment).ToArray();
        foreach (var (start, place, price) in prices)
        {
            xml.Writer.Begin(start, place);
            xml.Open("ZonalPrice");
            xml.Element("Interval", IesoText.Interval(start));
            xml.Element("Flag", Flag);
            xml.Value("LmpCap", price.Lmp, 2);
            xml.Number("LossPriceCap", price.Loss, 2);
            xml.Number("CongPriceCap", price.Congestion, 2);
            xml.Close("ZonalPrice");
            xml.Writer.End();
        }

        Intervals(xml, prices.Length, "ZonalPrice", "Flag", "LmpCap", "LossPriceCap", "CongPriceCap");
        xml.Open("AveragePrice");
        xml.Number("LmpCap", prices.Sum(p => p.Price.Lmp) / Math.Max(1, prices.Length), 2);
        xml.Close("AveragePrice");
        xml.End();
    }

    private void WriteRealTimeZones(IesoXmlText xml, IesoFileOf file, Moment moment)
    {
        xml.Begin("RealtimeZonalEnergyPrices", "Real-Time 5-min Zonal Energy Price Report", moment);
        xml.Element("DELIVERYDATE", file.Day.ToString());
        xml.Element("DELIVERYHOUR", file.Hour);
        foreach (var zone in Prices(books.RealTimeZones, file, moment).GroupBy(p => p.Place))
        {
            xml.Open("TransactionZone");
            xml.Element("ZoneName", zone.Key.Id);
            foreach (var (start, _, price) in zone)
            {
                xml.Writer.Begin(start);
                xml.Open("IntervalPrice");
                xml.Element("Interval", IesoText.Interval(start));
                xml.Value("ZonalPrice", price.Lmp, 2);
                xml.Number("EnergyLossPrice", price.Loss, 2);
                xml.Number("EnergyCongPrice", price.Congestion, 2);
                xml.Element("Flag", Flag);
                xml.Close("IntervalPrice");
                xml.Writer.End();
            }

            Intervals(xml, zone.Count(), "IntervalPrice", "ZonalPrice", "EnergyLossPrice", "EnergyCongPrice", "Flag");
            xml.Close("TransactionZone");
        }

        xml.End();
    }

    private void WriteDayAheadZones(IesoXmlText xml, IesoFileOf file, Moment moment)
    {
        xml.Begin("DAHourlyZonal", "Day-Ahead Hourly Virtual Zonal Energy Price Report", moment);
        xml.Element("DeliveryDate", file.Day.ToString());
        xml.Open("HourlyPrices");
        foreach (var zone in Prices(books.DayAheadZones, file, moment).GroupBy(p => p.Place))
        {
            xml.Open("TransactionZone");
            xml.Element("ZoneName", zone.Key.Id);
            WritePart(xml, zone.Select(p => (p.Start, p.Price.Lmp)), "Zonal Price");
            WritePart(xml, zone.Select(p => (p.Start, p.Price.Loss)), "Energy Loss Price");
            WritePart(xml, zone.Select(p => (p.Start, p.Price.Congestion)), "Energy Congestion Price");
            xml.Close("TransactionZone");
        }

        xml.Close("HourlyPrices");
        xml.End();
    }

    private static void WritePart(IesoXmlText xml, IEnumerable<(long Start, long Value)> hours, string part)
    {
        xml.Open("Components");
        xml.Element("PriceComponent", part);
        foreach (var (start, value) in hours)
        {
            xml.Writer.Begin(start);
            xml.Open("DeliveryHour");
            xml.Element("Hour", IesoText.Hour(start));
            xml.Value("LMP", value, 2);
            xml.Element("FLAG", 0);
            xml.Close("DeliveryHour");
            xml.Writer.End();
        }

        xml.Close("Components");
    }

    /// <summary>The intervals to come, with empty elements.</summary>
    private static void Intervals(IesoXmlText xml, int shown, string row, params ReadOnlySpan<string> elements)
    {
        for (var interval = shown + 1; interval <= 12; interval++)
        {
            xml.Open(row);
            xml.Element("Interval", interval);
            foreach (var element in elements)
            {
                xml.Empty(element);
            }

            xml.Close(row);
        }
    }

    /// <summary>The prices of a file, place by place.</summary>
    private static IEnumerable<(long Start, Place Place, PriceParts Price)> Prices(PriceBook book, IesoFileOf file, Moment moment)
    {
        var starts = book.Starts(file.Day, moment.Now).Where(file.Holds).ToArray();
        var states = starts.Select(book.States).ToArray();
        foreach (var (place, correction) in book.Corrected(file.Day, moment.Now))
        {
            for (var i = 0; i < starts.Length; i++)
            {
                yield return (starts[i], place, book.Price(states[i], place, correction));
            }
        }
    }
}

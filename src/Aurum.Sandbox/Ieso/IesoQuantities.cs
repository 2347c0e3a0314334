using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Ieso;

/// <summary>Writes the XML reports of generators, wind and sun, adequacy and totals.</summary>
internal sealed class IesoQuantities(IesoBooks books)
{
    /// <summary>Hours of generators are shown a quarter of an hour after their end.</summary>
    public static readonly Duration OutputDelay = Duration.FromMinutes(16);

    /// <summary>Real-time totals are shown 5 minutes after an interval's end, as prices are.</summary>
    public static readonly Duration TotalsDelay = Duration.FromMinutes(5);

    /// <summary>Adequacy and pre-dispatch are shown from the evening before on.</summary>
    public static readonly Duration OutlookBefore = Duration.FromHours(30);

    public static IReadOnlyList<string> TotalNames { get; } =
        ["Total Energy", "Total Loss", "Total Load", "Total Dispatch Load", "Total 10S", "Total 10N", "Total 30R", "ONTARIO DEMAND"];

    /// <summary>Fuels and zones of the forecast.</summary>
    public static IReadOnlyList<(bool IsEmbedded, string Fuel, string[] Zones)> Renewables { get; } =
    [
        (false, "Solar", ["NORTHEAST", "EAST", "SOUTHWEST"]), (false, "Wind", ["NORTHEAST", "NORTHWEST", "BRUCE", "SOUTHWEST", "WEST"]),
        (true, "Solar", ["ESSA", "OTTAWA", "TORONTO"]), (true, "Wind", ["SOUTHWEST", "WEST"]),
    ];

    public IReadOnlyList<IesoReport> All =>
    [
        new("GenOutputCapability", "xml", IesoSpan.Day, 90, IesoXmlText.Rows,
            static (file, now) => IesoBooks.Hours(file.Day, now, OutputDelay).Any(), WriteGenerators),
        new("VGForecastSummary", "xml", IesoSpan.Day, 30, IesoXmlText.Rows,
            static (file, now) => now >= IesoBooks.Forecast(file.Day).Shown, WriteRenewables),
        new("Adequacy3", "xml", IesoSpan.Day, 90, IesoXmlText.Rows,
            static (file, now) => now >= file.Day.Start - OutlookBefore, WriteAdequacy),
        new("RealtimeTotals", "xml", IesoSpan.Hour, 30, IesoXmlText.Rows,
            static (file, now) => TotalStarts(file, now).Any(), WriteRealTimeTotals),
        new("PredispTotals", "xml", IesoSpan.Day, 30, IesoXmlText.Rows,
            static (file, now) => now >= file.Day.Start - OutlookBefore, WritePredispatch),
    ];

    /// <summary>Starts of the 5-minute intervals whose totals are shown.</summary>
    public static IEnumerable<long> TotalStarts(IesoFileOf file, Instant now)
    {
        var until = (now - TotalsDelay).ToUnixTimeSeconds();
        for (var at = file.Day.Start.ToUnixTimeSeconds(); at < file.Day.End.ToUnixTimeSeconds() && at + 300 <= until; at += 300)
        {
            if (file.Holds(at))
            {
                yield return at;
            }
        }
    }

    private void WriteGenerators(RowWriter writer, IesoFileOf file, Moment moment)
    {
        var xml = new IesoXmlText(writer);
        writer.Text($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <IMODocument docID="GenOutputCapability" xmlns="http://www.theIMO.com/schema">
            <IMODocHeader>
            <DocTitle>Generators Output and Capability Report</DocTitle>
            <CreatedAt>{IesoText.Stamp(moment.Stamp):uuuu-MM-dd'T'HH:mm:ss}</CreatedAt>
            </IMODocHeader>
            <IMODocBody>
            <Date>{file.Day}</Date>
            <Generators>

            """);
        var hours = IesoBooks.Hours(file.Day, moment.Now, OutputDelay).ToArray();
        foreach (var (name, fuel, mw) in IesoPlaces.Generators)
        {
            xml.Open("Generator");
            xml.Element("GeneratorName", name);
            xml.Element("FuelType", fuel);
            WriteHours(xml, "Outputs", "Output", hours, hour => books.Output(name, fuel, mw, hour));
            WriteHours(xml, "Capabilities", "Capability", hours, hour => books.Output(name + " can", fuel, mw, hour));
            WriteHours(xml, "Capacities", "AvailCapacity", hours, _ => mw);
            xml.Close("Generator");
        }

        writer.Text("</Generators>\n</IMODocBody>\n</IMODocument>\n");
    }

    private static void WriteHours(IesoXmlText xml, string list, string item, long[] hours, Func<long, long> valueOf)
    {
        xml.Open(list);
        foreach (var hour in hours)
        {
            xml.Writer.Begin(hour);
            xml.Open(item);
            xml.Element("Hour", IesoText.Hour(hour));
            xml.Value("EnergyMW", valueOf(hour), 0);
            xml.Close(item);
            xml.Writer.End();
        }

        xml.Close(list);
    }

    private void WriteRenewables(RowWriter writer, IesoFileOf file, Moment moment)
    {
        var xml = new IesoXmlText(writer);
        xml.Begin("VGForecastSummary", "Variable Generation Forecast Summary Report", moment);
        xml.Element("ForecastTimeStamp", $"{IesoText.Stamp(IesoBooks.Forecast(file.Day).Made):uuuu-MM-dd'T'HH:mm:ss}");
        foreach (var organization in Renewables.GroupBy(r => r.IsEmbedded))
        {
            xml.Open("OrganizationData");
            xml.Element("OrganizationType", organization.Key ? "EMBEDDED" : "MARKET PARTICIPANT");
            foreach (var (isEmbedded, fuel, zones) in organization)
            {
                xml.Open("FuelData");
                xml.Element("FuelType", fuel);
                foreach (var zone in zones)
                {
                    WriteZone(xml, file, zone, hour => books.Renewable(fuel, zone, isEmbedded, hour, file.Day));
                }

                WriteZone(xml, file, "OntarioTotal", hour => zones.Sum(z => books.Renewable(fuel, z, isEmbedded, hour, file.Day)));
                xml.Close("FuelData");
            }

            xml.Close("OrganizationData");
        }

        xml.End();
    }

    private static void WriteZone(IesoXmlText xml, IesoFileOf file, string zone, Func<long, long> valueOf)
    {
        xml.Open("ResourceData");
        xml.Element("ZoneName", zone);
        foreach (var day in IesoBooks.ForecastHours(file.Day).GroupBy(h => IesoText.Stamp(Instant.FromUnixTimeSeconds(h)).Date))
        {
            xml.Open("EnergyForecast");
            xml.Element("ForecastDate", $"{day.Key:uuuu-MM-dd}");
            foreach (var hour in day)
            {
                xml.Writer.Begin(hour);
                xml.Open("ForecastInterval");
                xml.Element("ForecastHour", IesoText.Hour(hour));
                xml.Value("MWOutput", valueOf(hour), 1);
                xml.Close("ForecastInterval");
                xml.Writer.End();
            }

            xml.Close("EnergyForecast");
        }

        xml.Close("ResourceData");
    }

    private void WriteAdequacy(RowWriter writer, IesoFileOf file, Moment moment)
    {
        var xml = new IesoXmlText(writer);
        xml.Begin("Adequacy3", "Adequacy Report", moment);
        xml.Element("DeliveryDate", file.Day.ToString());
        foreach (var node in IesoAdequacy.Tree)
        {
            node.Write(xml, "", file.Day, (path, hour) => books.Adequacy(path, hour, file.Day, moment.Now));
        }

        xml.End();
    }

    private void WriteRealTimeTotals(RowWriter writer, IesoFileOf file, Moment moment)
    {
        var xml = new IesoXmlText(writer);
        xml.Begin("RealtimeTotals", "Realtime Totals Report", moment);
        xml.Element("DeliveryDate", file.Day.ToString());
        xml.Element("DeliveryHour", file.Hour);
        xml.Open("Energies");
        foreach (var start in TotalStarts(file, moment.Now))
        {
            xml.Writer.Begin(start);
            xml.Open("IntervalEnergy");
            xml.Element("Interval", IesoText.Interval(start));
            WriteTotals(xml, TotalNames, quantity => books.Total(quantity, start, 300, isForecast: false));
            xml.Element("Flag", "DSO-RD");
            xml.Close("IntervalEnergy");
            xml.Writer.End();
        }

        xml.Close("Energies");
        xml.End();
    }

    private void WritePredispatch(RowWriter writer, IesoFileOf file, Moment moment)
    {
        var xml = new IesoXmlText(writer);
        xml.Begin("PredispTotals", "Predispatch Totals Report", moment);
        xml.Element("DeliveryDate", file.Day.ToString());
        xml.Open("Energies");
        foreach (var start in IesoBooks.Hours(file.Day, Instant.MaxValue, Duration.Zero))
        {
            xml.Writer.Begin(start);
            xml.Open("HourlyConstrainedEnergy");
            xml.Element("DeliveryHour", IesoText.Hour(start));
            WriteTotals(xml, TotalNames.SkipLast(1), quantity => books.Total(quantity, start, 3600, isForecast: true));
            xml.Close("HourlyConstrainedEnergy");
            xml.Writer.End();
        }

        xml.Close("Energies");
        xml.End();
    }

    private static void WriteTotals(IesoXmlText xml, IEnumerable<string> quantities, Func<string, long> valueOf)
    {
        foreach (var quantity in quantities)
        {
            xml.Open("MQ");
            xml.Element("MarketQuantity", quantity);
            xml.Value("EnergyMW", valueOf(quantity), 1);
            xml.Close("MQ");
        }
    }
}

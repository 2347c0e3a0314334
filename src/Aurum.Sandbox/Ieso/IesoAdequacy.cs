using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Ieso;

/// <summary>An element of the adequacy report: with others in it, or with hours.</summary>
/// <param name="Element">Its name.</param>
/// <param name="NameElement">The element that names it: FuelType or ZoneName; empty where none does.</param>
/// <param name="NameText">That name.</param>
/// <param name="Item">The element around an hour; empty where there are none.</param>
/// <param name="Value">The element that holds an hour's value.</param>
/// <param name="Children">Elements in it.</param>
internal sealed record IesoAdequacyNode(
    string Element, string NameElement, string NameText, string Item, string Value, IReadOnlyList<IesoAdequacyNode> Children)
{
    /// <summary>Values by their path and hour: whole MW, MWh, or odd for a ramp.</summary>
    public void Write(IesoXmlText xml, string parent, OperatingDay day, Func<string, long, long> valueOf)
    {
        var path = PathIn(parent);
        xml.Open(Element);
        if (NameElement.Length > 0)
        {
            xml.Element(NameElement, NameText);
        }

        foreach (var hour in Hours(day))
        {
            xml.Writer.Begin(hour);
            xml.Open(Item);
            xml.Element("DeliveryHour", IesoText.Hour(hour));
            if (Value == "Ramp")
            {
                xml.Element(Value, valueOf(path, hour) % 2 == 1 ? "Y" : "N");
            }
            else
            {
                xml.Value(Value, valueOf(path, hour), 0);
            }

            xml.Close(Item);
            xml.Writer.End();
        }

        foreach (var child in Children)
        {
            child.Write(xml, path, day, valueOf);
        }

        xml.Close(Element);
    }

    /// <summary>Every node with hours, with its path.</summary>
    public IEnumerable<(string Path, IesoAdequacyNode Node)> Lists(string parent)
    {
        var path = PathIn(parent);
        return (Item.Length > 0 ? [(path, this)] : Enumerable.Empty<(string, IesoAdequacyNode)>())
            .Concat(Children.SelectMany(child => child.Lists(path)));
    }

    public IEnumerable<long> Hours(OperatingDay day) =>
        Item.Length > 0 ? IesoBooks.Hours(day, Instant.MaxValue, Duration.Zero) : [];

    private string PathIn(string parent) =>
        (parent.Length > 0 ? parent + "/" : "") + (NameText.Length > 0 ? NameText : Element);
}

/// <summary>The adequacy report's tree, with a part of the publisher's elements of each kind.</summary>
internal static class IesoAdequacy
{
    public static IReadOnlyList<IesoAdequacyNode> Tree { get; } =
    [
        Group("ForecastSupply",
            List("Capacities", "Capacity"),
            List("Energies", "Energy", "EnergyMWhr"),
            Group("InternalResources",
            [
                .. new[] { "Nuclear", "Gas", "Hydro", "Wind", "Solar", "Biofuel", "Other" }.Select(fuel => Named(
                    "InternalResource", "FuelType", fuel,
                    List("Capacities", "Capacity"), List("Outages", "Outage"), List("Schedules", "Schedule"))),
                Group("TotalInternalResources", List("Outages", "Outage"), List("Schedules", "Schedule")),
            ]),
            Group("ZonalImports", [.. Zones("ZonalImport", List("Offers", "Offer"), List("Schedules", "Schedule"))]),
            List("TotalSupplies", "Supply")),
        Group("ForecastDemand",
            List("RampStatuses", "RampStatus", "Ramp"),
            Group("OntarioDemand",
                List("ForecastOntDemand", "Demand"), List("PeakDemand", "Demand"), List("AverageDemand", "Demand"),
                List("WindEmbedded", "Embedded")),
            Group("ZonalExports", [.. Zones("ZonalExport", List("Bids", "Bid"), List("Schedules", "Schedule"))]),
            List("TotalRequirements", "Requirement")),
    ];

    private static IEnumerable<IesoAdequacyNode> Zones(string element, params IesoAdequacyNode[] lists) =>
        new[] { "Manitoba", "Michigan", "Minnesota", "New York", "Quebec" }.Select(zone => Named(element, "ZoneName", zone, lists));

    private static IesoAdequacyNode Group(string element, params IesoAdequacyNode[] children) => new(element, "", "", "", "", children);

    private static IesoAdequacyNode Named(string element, string nameElement, string name, params IesoAdequacyNode[] children) =>
        new(element, nameElement, name, "", "", children);

    private static IesoAdequacyNode List(string element, string item, string value = "EnergyMW") =>
        new(element, "", "", item, value, []);
}

using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO day-ahead clearing prices of ancillary services, by region.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_AS, market run DAM.</para>
/// <para>Shape: one row per region, service (SR spinning, NR non-spinning, RU and RD regulation up and down, RMU and RMD mileage)
/// and hour. In XML the service is told by the data item: SP_CLR_PRC, NS_CLR_PRC, RU_CLR_PRC, ...</para>
/// <para>Units: USD/MW. Time: GMT in each row. Revisions: as prices, within about five business days.</para>
/// </remarks>
public static class AncillaryPrices
{
    private static readonly OasisReport Report =
        new("PRC_AS", 12, "DAM", ["ANC_REGION"], ["ANC_TYPE"], IntervalMinutes: 60) { Parameters = "anc_type=ALL&anc_region=ALL" };

    public static readonly Feed<AncillaryPriceRow> Feed = new()
    {
        Id = new FeedId("caiso/ancillary-prices"),
        Title = "CAISO day-ahead ancillary service prices",
        Facts = new FeedFacts(
            Source: "CAISO OASIS report PRC_AS, market run DAM.",
            Shape: "One row per region, service and hour; 23, 24 or 25 hours a day, in no order.",
            Units: "USD/MW of capacity held for the hour.",
            Time: "GMT start and end in each row; operating day and hour on the Pacific clock, the repeated autumn hour is OPR_HR 25.",
            Revisions: "Price corrections within about five business days replace values."),
        Zone = MarketZones.Pacific,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-11),
            CompleteAt: Duration.FromHours(-10),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("CAISO", IsoMarket.DayAhead, IsoProduct.Ancillary, MarketZones.Pacific, intervalMinutes: 60),
        Suite = "iso_asm",
        IntervalMinutes = 60,
        Table = PowerTables.AncillaryPrice,
        Locate = (day, _) => OasisRequests.Day(Report, day),
        Recognizes = head => OasisHeads.IsReport(head, Report) || OasisHeads.IsCsv(head, Report, "ANC_TYPE", "ANC_REGION"),
        Parse = (file, output) => OasisAnswer.Read(file, Report, Target(file, output)),
    };

    private static OasisTarget<AncillaryPriceRow> Target(FeedFile file, IRowOutput<AncillaryPriceRow> output)
    {
        var regions = NameTables.Locations(file.Name, CaisoPlaces.OfReserve);
        var services = NameTables.Symbols(file.Name);
        var items = new NameTable<Symbol>(file.Name, static item => new Symbol(ServiceOf(item)), limit: 1000);
        return new OasisTarget<AncillaryPriceRow>(Report, output, (rows, delivery, price) => new AncillaryPriceRow(
            OasisNames.Of(regions, rows, OasisField.Place),
            rows[OasisField.Kind].IsEmpty ? OasisNames.Of(items, rows, OasisField.Item) : OasisNames.Of(services, rows, OasisField.Kind),
            delivery,
            price));
    }

    /// <summary>The service of a data item: SP_CLR_PRC is SR, NS_CLR_PRC is NR, and the others carry their own name.</summary>
    private static string ServiceOf(string item) => item switch
    {
        "SP_CLR_PRC" => "SR",
        "NS_CLR_PRC" => "NR",
        _ => item.EndsWith("_CLR_PRC", StringComparison.Ordinal) ? item[..^"_CLR_PRC".Length] : item,
    };
}

using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>What CAISO's feeds of ancillary service prices share: PRC_AS of the day-ahead and hour-ahead markets, PRC_INTVL_AS of the
/// fifteen-minute market.</summary>
internal static class AncillaryFeeds
{
    public const string Time =
        "GMT start and end in each row; operating day and hour on the Pacific clock, the repeated autumn hour is OPR_HR 25.";

    public const string Revisions = "Price corrections within about five business days replace values.";

    public static OasisReport Report(string query, int version, string marketRun, int intervalMinutes) =>
        new(query, version, marketRun, ["ANC_REGION"], ["ANC_TYPE"], intervalMinutes) { Parameters = "anc_type=ALL&anc_region=ALL" };

    public static Feed<AncillaryPriceRow> Feed(
        string id, string title, OasisReport report, IsoMarket market, FeedFacts facts, Schedule schedule) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Pacific,
        Schedule = schedule,
        Contract = IsoContract.Of("CAISO", market, IsoProduct.Ancillary, MarketZones.Pacific, report.IntervalMinutes),
        Suite = "iso_asm",
        IntervalMinutes = report.IntervalMinutes,
        Table = PowerTables.AncillaryPrice,
        Locate = (day, _) => OasisRequests.Day(report, day),
        Recognizes = head => OasisHeads.IsReport(head, report)
            || (OasisHeads.IsCsv(head, report, "ANC_TYPE", "ANC_REGION") && !IsOfQuantities(head)),
        Parse = (file, output) => OasisAnswer.Read(file, report, Target(file, report, output)),
    };

    /// <summary>AS_REQ and AS_RESULTS have the columns of prices too; their data items tell them apart.</summary>
    public static bool IsOfQuantities(FileHead head) => head.Has("_REQ_") || head.HeaderHas("RESULT_TYPE");

    private static OasisTarget<AncillaryPriceRow> Target(FeedFile file, OasisReport report, IRowOutput<AncillaryPriceRow> output)
    {
        var regions = NameTables.Locations(file.Name, CaisoPlaces.OfReserve);
        var services = NameTables.Symbols(file.Name);
        var items = new NameTable<Symbol>(file.Name, static item => new Symbol(ServiceOf(item)), limit: 1000);
        return new OasisTarget<AncillaryPriceRow>(report, output, (rows, delivery, price) => new AncillaryPriceRow(
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

using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>MISO day-ahead clearing prices of reserves, ex-post, from the keyed Data Exchange.</summary>
/// <remarks>
/// <para>Source: Data Exchange pricing/v1, day-ahead asm-expost, page by page.</para>
/// <para>Shape: 8 zones × 6 products × 24 hours.</para>
/// <para>Units: USD per MW and hour; MISO writes $/MWh.</para>
/// <para>Time: start and end of the hour, Eastern Standard Time all year.</para>
/// <para>Revisions: none documented.</para>
/// </remarks>
public static class ExchangeReserves
{
    private const int Zone = 1;
    private const int Product = 2;
    private const int Price = 3;

    public static readonly Feed<AncillaryPriceRow> Feed = new()
    {
        Id = new FeedId("miso/day-ahead-ancillary-prices"),
        Title = "MISO day-ahead reserve prices, ex-post, from the Data Exchange",
        Facts = new FeedFacts(
            "MISO Data Exchange, pricing/v1/day-ahead/DATE/asm-expost",
            "8 zones × 6 products × 24 hours, page by page",
            "USD/MW for the hour",
            "start and end of the hour, Eastern Standard Time all year",
            "none documented"),
        Zone = MarketZones.EasternStandard,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-10),
            CompleteAt: Duration.FromHours(-8),
            RefreshEvery: null,
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Contract = IsoContract.Of("MISO", IsoMarket.DayAhead, IsoProduct.Ancillary, MarketZones.EasternStandard, 60),
        Suite = "iso_asm",
        IntervalMinutes = 60,
        Table = PowerTables.AncillaryPrice,
        Locate = static (day, _) => [ExchangePages.First("day-ahead", day, "asm-expost")],
        NextPage = ExchangePages.Next,
        Recognizes = static head => PublicApi.IsJson(head) && head.Has("\"mcp\"") && head.Has("\"timeInterval\""),
        Parse = Parse,
    };

    private static ParseResult Parse(FeedFile file, IRowOutput<AncillaryPriceRow> output)
    {
        var zones = NameTables.Locations(file.Name, static _ => LocationType.Zone);
        var products = NameTables.Symbols(file.Name);
        return ExchangePages.Parse<AncillaryPriceRow>(
            file,
            output,
            (ref JsonStream json, JsonFields fields, JsonFields intervals, ShownRows<AncillaryPriceRow> rows) =>
                ReadRow(ref json, fields, intervals, rows, zones, products),
            "timeInterval", "zone", "product", "mcp", "interval", "preliminaryFinal");
    }

    private static void ReadRow(
        ref JsonStream json, JsonFields fields, JsonFields intervals, ShownRows<AncillaryPriceRow> rows, NameTable<Location> zones,
        NameTable<Symbol> products)
    {
        DeliveryInterval delivery = default;
        Location? zone = null;
        Symbol? product = null;
        var price = double.NaN;
        fields.Begin();
        for (var field = fields.Next(ref json); field >= 0; field = fields.Next(ref json))
        {
            switch (field)
            {
                case ExchangePages.Interval:
                    delivery = ExchangePages.ReadInterval(ref json, intervals, 60);
                    break;
                case Zone:
                    zone = zones.Of(json.Utf8());
                    break;
                case Product:
                    product = products.Of(json.Utf8());
                    break;
                case Price:
                    price = json.NumberOrNaN();
                    break;
                default:
                    break;
            }
        }

        fields.Require(json.File, ExchangePages.Interval, Zone, Product, Price);
        rows.Add(delivery, new AncillaryPriceRow(zone!, product!, delivery, price));
    }
}

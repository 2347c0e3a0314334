using Aurum.Market.Feeds;

namespace Aurum.Market.Power;

/// <summary>The tables of market rows. Names of columns are those of the canonical ISO contract.</summary>
public static class PowerTables
{
    public static readonly RowTable<LmpRow> Lmp = new("iso_lmp",
    [
        new FeedColumn<LmpRow>("iso_code", Code),
        new FeedColumn<LmpRow>("iso_market", Market),
        new TextColumn<LmpRow>("location_id", ColumnRole.Key, static (in LmpRow r) => r.Location.IdUtf8.Span),
        new TextColumn<LmpRow>("location_type", ColumnRole.Key, static (in LmpRow r) => r.Location.Type.ToUtf8()),
        new InstantColumn<LmpRow>("interval_start_utc", ColumnRole.Key, static (in LmpRow r) => r.Delivery.StartUnixSeconds),
        new InstantColumn<LmpRow>("interval_end_utc", ColumnRole.Key, static (in LmpRow r) => r.Delivery.EndUnixSeconds),
        new NumberColumn<LmpRow>("lmp", ColumnRole.Value, static (in LmpRow r) => r.LmpUsdPerMwh),
        new NumberColumn<LmpRow>("energy", ColumnRole.Value, static (in LmpRow r) => r.EnergyUsdPerMwh),
        new NumberColumn<LmpRow>("congestion", ColumnRole.Value, static (in LmpRow r) => r.CongestionUsdPerMwh),
        new NumberColumn<LmpRow>("loss", ColumnRole.Value, static (in LmpRow r) => r.LossUsdPerMwh),
        new NumberColumn<LmpRow>("ghg", ColumnRole.Value, static (in LmpRow r) => r.GhgUsdPerMwh),
        new FeedColumn<LmpRow>("unit", Unit),
    ])
    {
        Location = static (in LmpRow r) => r.Location,
    };

    public static readonly RowTable<LoadRow> Load = new("iso_load",
    [
        new FeedColumn<LoadRow>("iso_code", Code),
        new FeedColumn<LoadRow>("iso_market", Market),
        new FeedColumn<LoadRow>("iso_product", Product),
        new TextColumn<LoadRow>("location_id", ColumnRole.Key, static (in LoadRow r) => r.Area.IdUtf8.Span),
        new TextColumn<LoadRow>("location_type", ColumnRole.Key, static (in LoadRow r) => r.Area.Type.ToUtf8()),
        new InstantColumn<LoadRow>("interval_start_utc", ColumnRole.Key, static (in LoadRow r) => r.Delivery.StartUnixSeconds),
        new InstantColumn<LoadRow>("interval_end_utc", ColumnRole.Key, static (in LoadRow r) => r.Delivery.EndUnixSeconds),
        new InstantColumn<LoadRow>("issued_at_utc", ColumnRole.Key, static (in LoadRow r) => r.IssuedUnixSeconds),
        new NumberColumn<LoadRow>("mw", ColumnRole.Value, static (in LoadRow r) => r.LoadMw),
        new FeedColumn<LoadRow>("unit", Unit),
    ])
    {
        Location = static (in LoadRow r) => r.Area,
    };

    public static readonly RowTable<GenerationRow> Generation = new("iso_genmix",
    [
        new FeedColumn<GenerationRow>("iso_code", Code),
        new FeedColumn<GenerationRow>("iso_market", Market),
        new FeedColumn<GenerationRow>("iso_product", Product),
        new TextColumn<GenerationRow>("location_id", ColumnRole.Key, static (in GenerationRow r) => r.Area.IdUtf8.Span),
        new TextColumn<GenerationRow>("location_type", ColumnRole.Key, static (in GenerationRow r) => r.Area.Type.ToUtf8()),
        new TextColumn<GenerationRow>("fuel_type", ColumnRole.Key, static (in GenerationRow r) => r.Fuel.Utf8.Span),
        new InstantColumn<GenerationRow>(
            "interval_start_utc", ColumnRole.Key, static (in GenerationRow r) => r.Delivery.StartUnixSeconds),
        new InstantColumn<GenerationRow>(
            "interval_end_utc", ColumnRole.Key, static (in GenerationRow r) => r.Delivery.EndUnixSeconds),
        new InstantColumn<GenerationRow>("issued_at_utc", ColumnRole.Key, static (in GenerationRow r) => r.IssuedUnixSeconds),
        new NumberColumn<GenerationRow>("mw", ColumnRole.Value, static (in GenerationRow r) => r.GenerationMw),
        new FeedColumn<GenerationRow>("unit", Unit),
    ])
    {
        Location = static (in GenerationRow r) => r.Area,
    };

    public static readonly RowTable<AncillaryPriceRow> AncillaryPrice = new("iso_asm",
    [
        new FeedColumn<AncillaryPriceRow>("iso_code", Code),
        new FeedColumn<AncillaryPriceRow>("iso_market", Market),
        new TextColumn<AncillaryPriceRow>("location_id", ColumnRole.Key, static (in AncillaryPriceRow r) => r.Region.IdUtf8.Span),
        new TextColumn<AncillaryPriceRow>(
            "location_type", ColumnRole.Key, static (in AncillaryPriceRow r) => r.Region.Type.ToUtf8()),
        new TextColumn<AncillaryPriceRow>("product", ColumnRole.Key, static (in AncillaryPriceRow r) => r.Product.Utf8.Span),
        new InstantColumn<AncillaryPriceRow>(
            "interval_start_utc", ColumnRole.Key, static (in AncillaryPriceRow r) => r.Delivery.StartUnixSeconds),
        new InstantColumn<AncillaryPriceRow>(
            "interval_end_utc", ColumnRole.Key, static (in AncillaryPriceRow r) => r.Delivery.EndUnixSeconds),
        new NumberColumn<AncillaryPriceRow>("price_mcp", ColumnRole.Value, static (in AncillaryPriceRow r) => r.PriceUsdPerMw),
        new FeedColumn<AncillaryPriceRow>("unit", Unit),
    ])
    {
        Location = static (in AncillaryPriceRow r) => r.Region,
    };

    private static string Code(Feed feed) => Contract(feed).IsoCode;

    private static string Market(Feed feed) => Contract(feed).MarketText;

    private static string Product(Feed feed) => Contract(feed).ProductText;

    private static string Unit(Feed feed) => Contract(feed).IsoUnit;

    private static IsoContract Contract(Feed feed) =>
        feed.Contract ?? throw new InvalidOperationException($"feed {feed.Id} has market rows but no ISO contract");
}

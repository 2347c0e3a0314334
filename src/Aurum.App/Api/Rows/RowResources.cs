using Aurum.App.Api.Requests;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;

namespace Aurum.App.Api.Rows;

/// <summary>The tables that the API shows, written out.</summary>
internal static class RowResources
{
    private static readonly RowFilter Market = RowFilter.Choice("market", "iso_market", "Which market the value belongs to.",
        [.. Enum.GetValues<IsoMarket>().Select(m => m.ToText())]);

    private static readonly RowFilter Location = RowFilter.Text("location", "location_id", "Place, by the publisher's id.",
        "TH_SP15_GEN-APND", 100);

    private static readonly RowFilter LocationKind = RowFilter.Choice("location_type", "location_type", "Kind of place.",
        [.. Enum.GetValues<LocationType>().Select(t => t.ToText())]);

    public static readonly RowResource Lmp = new("lmp", PowerTables.Lmp.Name,
        [RowFilter.Iso, Market, Location, LocationKind, RowFilter.Feed],
        [
            .. Head, .. Place, .. Interval,
            Price("lmp", "Price: energy + congestion + loss (+ greenhouse gas), USD/MWh.", false),
            Price("energy", "Energy part, USD/MWh."),
            Price("congestion", "Congestion part, USD/MWh; positive where congestion makes power dearer."),
            Price("loss", "Loss part, USD/MWh."),
            Price("ghg", "Greenhouse-gas part, USD/MWh (CAISO)."),
            .. Tail,
        ],
        Names(PowerTables.Lmp));

    public static readonly RowResource Load = new("load", PowerTables.Load.Name,
        [RowFilter.Iso, Market, Product(IsoProduct.Load, IsoProduct.LoadForecast), Location, LocationKind, RowFilter.Feed],
        [.. Head, .. Place, .. Interval, Issued, Price("mw", "Mean power over the interval, MW."), .. Tail],
        Names(PowerTables.Load));

    public static readonly RowResource Generation = new("generation", PowerTables.Generation.Name,
        [
            RowFilter.Iso, Market, Product(IsoProduct.Generation, IsoProduct.GenerationForecast), Location, LocationKind,
            RowFilter.Text("fuel", "fuel_type", "Fuel as the publisher names it.", "Natural Gas", 50), RowFilter.Feed,
        ],
        [
            .. Head, .. Place, new ColumnField("fuel_type", FieldForm.Text, "Fuel as the publisher names it."), .. Interval,
            Issued,
            Price("mw", "Mean power over the interval, MW; negative while storage charges."), .. Tail,
        ],
        Names(PowerTables.Generation));

    public static readonly RowResource Ancillary = new("ancillary", PowerTables.AncillaryPrice.Name,
        [
            RowFilter.Iso, Market, Location, LocationKind,
            RowFilter.Text("product", "product", "Reserve product as the publisher names it.", "SR", 20), RowFilter.Feed,
        ],
        [
            .. Head, .. Place, new ColumnField("product", FieldForm.Text, "Reserve product as the publisher names it."),
            .. Interval,
            Price("price_mcp", "Clearing price, USD per MW of capacity held for the interval's hour."), .. Tail,
        ],
        Names(PowerTables.AncillaryPrice));

    public static readonly RowResource Series = new("series", SeriesTables.Observation.Name,
        [
            RowFilter.Text("provider", "provider", "Publisher of the series.", "eia"),
            RowFilter.Text("series_id", "series_id", "Series, by the publisher's codes.", "rto/region-data/CISO/D", 100),
            RowFilter.Feed,
        ],
        [
            new ColumnField("feed", FieldForm.Text, "Feed id."),
            new ColumnField("provider", FieldForm.Text, "Publisher."),
            new ColumnField("series_id", FieldForm.Text, "Series, by the publisher's codes."),
            .. Interval,
            new ColumnField("issued_at_utc", FieldForm.Time,
                "When the publisher put this vintage out; null where it replaces values in place.", isNullable: true),
            Price("value", "Value, in the unit."),
            new SeriesUnitField("unit_code", FieldForm.Text,
                "The unit under one name for all publishers; null where its words are not known.",
                static (json, unit) => json.WriteStringValue(unit.Code)),
            new SeriesUnitField("unit_factor", FieldForm.Number, "Value times this is in unit_code; null where that is.",
                static (json, unit) => json.WriteNumberValue(unit.Factor)),
            new ColumnField("flags", FieldForm.Text, "What the publisher says of the value in its own codes; empty for nothing."),
            .. Tail,
        ],
        Names(SeriesTables.Observation));

    private static readonly RowFilter[] CatalogFilters =
    [
        RowFilter.Text("provider", "provider", "Publisher of the series.", "fred"),
        RowFilter.Text("series_id", "series_id", "Entry, by the publisher's codes.", "series/DGS10", 100),
        RowFilter.Text("category", "category", "What kind of entry: series, indicator, currency, station, release, ...", "series")
            with { IsOfValue = true },
        RowFilter.Text("unit", "unit_code", "Unit under one name for all publishers.", "USD/bbl") with { IsOfValue = true },
        RowFilter.Feed,
    ];

    public static readonly RowResource Catalog = new("series-catalog", SeriesTables.Catalog.Name,
        CatalogFilters,
        [
            new ColumnField("feed", FieldForm.Text, "Feed id."),
            new ColumnField("provider", FieldForm.Text, "Publisher."),
            new ColumnField("series_id", FieldForm.Text, "Entry; of a series the id that its observations have, or begin with."),
            new ColumnField("category", FieldForm.Text, "What kind of entry it is."),
            new ColumnField("title", FieldForm.Text, "Name for people."),
            Said("dataset_code", "The provider's code of its dataset."), Said("description", "What it is, in words."),
            Said("unit", "Unit in the provider's words."), Said("unit_code", "The unit under one name for all publishers."),
            new ColumnField("unit_factor", FieldForm.Number, "A value times this is in unit_code.", isNullable: true),
            Said("frequency_code", "H, D, W, BW, M, Q, SA or A."), Said("geo_id", "Place that it is about."),
            Said("iso_code", "Market operator that it is about."), Said("status", "State, for example its seasonal adjustment."),
            Said("source_url", "Where the provider shows it."), Said("notes", "The provider's notes."),
            Said("start_date", "First day with observations."), Said("end_date", "Last day with observations."),
            Said("last_observation_date", "Date of the latest observation."),
            new ColumnField(
                "updated_at", FieldForm.Time, "When the provider last changed it; null where it does not say.", isNullable: true),
            Said("tags", "Words to find it by, with semicolons between."), Said("metadata", "What else it says, a JSON object as text."),
            new ColumnField("known_at", FieldForm.Time, "When we received this revision."),
            new ColumnField("revision", FieldForm.Whole, "1 for what we knew first, larger for changes."),
        ],
        Names(SeriesTables.Catalog))
    {
        SearchColumns = ["series_id", "title", "description", "tags", "notes", "geo_id"],
        Parameters =
        [
            QueryParameter.Filter("q", "Words that must all stand in id, title, description, notes, tags or place, in any case.",
                "natural gas price"),
            .. CatalogFilters.Select(f => f.Parameter), RowResource.AsOf, RowResource.Order, RowResource.Limit, RowResource.Cursor,
            Responses.ResponseFormats.Parameter,
        ],
    };

    public static readonly IReadOnlyList<RowResource> All = [Lmp, Load, Generation, Ancillary, Series, Catalog];

    /// <summary>What a provider may say or not.</summary>
    private static SaidField Said(string name, string description) => new(name, description);

    private static RowField[] Head =>
    [
        new ColumnField("feed", FieldForm.Text, "Feed id."),
        new ColumnField("iso_code", FieldForm.Text, "Market operator."),
        new ColumnField("iso_market", FieldForm.Text, "Which market the value belongs to."),
        new FeedTextField("iso_product", "What the value is.", static feed => feed.Product),
        new FeedTextField("iso_timezone", "IANA name of the market's clock.", static feed => feed.Timezone),
        new IntervalMinutesField(),
    ];

    private static RowField[] Place =>
    [
        new ColumnField("location_id", FieldForm.Text, "Place, by the publisher's id."),
        new ColumnField("location_type", FieldForm.Text, "Kind of place."),
        new LocationNameField(),
    ];

    private static RowField[] Interval =>
    [
        new ColumnField("interval_start_utc", FieldForm.Time, "Start of the delivery interval, UTC, inclusive."),
        new ColumnField("interval_end_utc", FieldForm.Time, "End of the delivery interval, UTC, exclusive."),
        new LocalTimeField("interval_start_local", "interval_start_utc",
        "Start on the clock of tz, with its offset; only with tz."),
        new LocalTimeField("interval_end_local", "interval_end_utc", "End on the clock of tz, with its offset; only with tz."),
    ];

    private static RowField[] Tail =>
    [
        new ColumnField("unit", FieldForm.Text, "Unit of the value."),
        new ColumnField("known_at", FieldForm.Time, "When we received this revision."),
        new ColumnField("revision", FieldForm.Whole, "0 or 1 for the first value we received, larger for corrections."),
    ];

    private static ColumnField Issued =>
        new("issued_at_utc", FieldForm.Time,
            "When the forecast was made; null for actuals and forecasts that are replaced in place.", isNullable: true);

    private static ColumnField Price(string name, string description, bool isNullable = true) =>
        new(name, FieldForm.Number, description, isNullable);

    private static RowFilter Product(params IsoProduct[] products) =>
        RowFilter.Choice("product", "iso_product", "Metered values or a forecast.", [.. products.Select(p => p.ToText())]);

    private static string[] Names<TRow>(RowTable<TRow> table)
        where TRow : struct => [.. table.Columns.Select(c => c.Name)];
}

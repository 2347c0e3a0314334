using Aurum.Market.Feeds;

namespace Aurum.Market.Series;

/// <summary>The tables of statistical series: what was observed, and what the providers say of their series.</summary>
public static class SeriesTables
{
    public static readonly RowTable<SeriesPoint> Observation = new("timeseries_observation",
    [
        new FeedColumn<SeriesPoint>("provider", static feed => feed.Id.Publisher),
        new TextColumn<SeriesPoint>("series_id", ColumnRole.Key, static (in SeriesPoint p) => p.Series.IdUtf8.Span),
        new InstantColumn<SeriesPoint>(
            "interval_start_utc", ColumnRole.Key, static (in SeriesPoint p) => p.Period.StartUnixSeconds),
        new InstantColumn<SeriesPoint>("interval_end_utc", ColumnRole.Key, static (in SeriesPoint p) => p.Period.EndUnixSeconds),
        new InstantColumn<SeriesPoint>("issued_at_utc", ColumnRole.Key, static (in SeriesPoint p) => p.IssuedUnixSeconds),
        new NumberColumn<SeriesPoint>("value", ColumnRole.Value, static (in SeriesPoint p) => p.Value),
        new TextColumn<SeriesPoint>("unit", ColumnRole.Value, static (in SeriesPoint p) => p.Series.UnitUtf8.Span),
        new TextColumn<SeriesPoint>(
            "flags", ColumnRole.Value, static (in SeriesPoint p) => p.Flags is { } flags ? flags.Utf8.Span : default),
    ]);

    /// <summary>The providers' catalogs. Its rows are not of a time: an entry that changes has a further revision.</summary>
    public static readonly RowTable<SeriesListing> Catalog = new("series_catalog",
    [
        new FeedColumn<SeriesListing>("provider", static feed => feed.Id.Publisher),
        new TextColumn<SeriesListing>("series_id", ColumnRole.Key, static (in SeriesListing l) => l.SeriesId.Utf8.Span),
        Text("category", static (in SeriesListing l) => l.Category),
        Text("title", static (in SeriesListing l) => l.Title),
        Text("dataset_code", static (in SeriesListing l) => l.Dataset),
        Text("description", static (in SeriesListing l) => l.Description),
        Text("unit", static (in SeriesListing l) => l.Unit),
        Text("unit_code", static (in SeriesListing l) => l.UnitCode),
        new NumberColumn<SeriesListing>("unit_factor", ColumnRole.Value, static (in SeriesListing l) => l.UnitFactor),
        Text("frequency_code", static (in SeriesListing l) => l.Frequency),
        Text("geo_id", static (in SeriesListing l) => l.Geo),
        Text("iso_code", static (in SeriesListing l) => l.IsoCode),
        Text("status", static (in SeriesListing l) => l.Status),
        Text("source_url", static (in SeriesListing l) => l.SourceUrl),
        Text("notes", static (in SeriesListing l) => l.Notes),
        Text("start_date", static (in SeriesListing l) => l.StartDate),
        Text("end_date", static (in SeriesListing l) => l.EndDate),
        Text("last_observation_date", static (in SeriesListing l) => l.LastObservationDate),
        new InstantColumn<SeriesListing>("updated_at", ColumnRole.Value, static (in SeriesListing l) => l.UpdatedUnixSeconds),
        Text("tags", static (in SeriesListing l) => l.Tags),
        Text("metadata", static (in SeriesListing l) => l.Metadata),
    ]);

    private delegate Symbol? CellOf(in SeriesListing listing);

    private static TextColumn<SeriesListing> Text(string name, CellOf of) => new(
        name, ColumnRole.Value, (in SeriesListing l) => of(in l) is { } cell ? cell.Utf8.Span : default);
}

using Aurum.Market.Feeds;

namespace Aurum.Market.Series;

/// <summary>The table of statistical series.</summary>
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
}

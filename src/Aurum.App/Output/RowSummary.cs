using Aurum.Market.Feeds;

namespace Aurum.App.Output;

/// <summary>Counts rows, the span of their intervals and the distinct places (or series), while they pass.</summary>
internal sealed class RowSummary<TRow> : IRowOutput<TRow>
    where TRow : struct
{
    private readonly InstantColumn<TRow>? _start;
    private readonly InstantColumn<TRow>? _end;
    private readonly TextColumn<TRow>? _place;
    private readonly Utf8Table<Symbol> _places = new();

    public RowSummary(RowTable<TRow> table)
    {
        _start = Column<InstantColumn<TRow>>(table, "interval_start_utc");
        _end = Column<InstantColumn<TRow>>(table, "interval_end_utc");
        _place = Column<TextColumn<TRow>>(table, "location_id") ?? Column<TextColumn<TRow>>(table, "series_id");
    }

    public long Rows { get; private set; }

    /// <summary>Seconds since 1970 UTC; null without rows.</summary>
    public long? FirstStart { get; private set; }

    /// <summary>Seconds since 1970 UTC; null without rows.</summary>
    public long? LastEnd { get; private set; }

    public int Places => _places.Count;

    public void OnRows(ReadOnlySpan<TRow> rows)
    {
        Rows += rows.Length;
        foreach (ref readonly var row in rows)
        {
            if (_start?.Of(row) is { } start && (FirstStart is null || start < FirstStart))
            {
                FirstStart = start;
            }

            if (_end?.Of(row) is { } end && (LastEnd is null || end > LastEnd))
            {
                LastEnd = end;
            }

            if (_place is not null && _place.Of(row) is var name && !_places.TryGet(name, out _))
            {
                _places.Add(name, new Symbol(System.Text.Encoding.UTF8.GetString(name)));
            }
        }
    }

    private static TColumn? Column<TColumn>(RowTable<TRow> table, string name)
        where TColumn : RowColumn<TRow> => table.Columns.FirstOrDefault(c => c.Name == name) as TColumn;
}

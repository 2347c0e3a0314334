using Aurum.Store.Reading;

namespace Aurum.App.Api.Rows;

/// <summary>The row that is being written, with what is known of its feed.</summary>
internal sealed class RowView(RowReader reader, FeedTable feeds, LocationNames.Snapshot names, LocalClock clock)
{
    private readonly int _feedColumn = Ordinal(reader, "feed");
    private readonly int _locationColumn = Ordinal(reader, "location_id");
    private readonly int _typeColumn = Ordinal(reader, "location_type");

    private readonly int _startColumn = Ordinal(reader, "interval_start_utc");
    private readonly int _endColumn = Ordinal(reader, "interval_end_utc");

    public RowReader Reader => reader;

    public LocalClock Clock => clock;

    /// <summary>Row of the reader's current chunk.</summary>
    public int Row { get; private set; }

    public FeedLine? Feed { get; private set; }

    /// <summary>Minutes of the row's interval: its own where a feed holds several lengths.</summary>
    public int? IntervalMinutes => Feed is { HasOtherIntervals: true }
        ? (int)((reader.InstantMicros(_endColumn, Row) - reader.InstantMicros(_startColumn, Row)) / 60_000_000)
        : Feed?.IntervalMinutes;

    public ReadOnlySpan<byte> LocationName =>
        Feed is null ? reader.Text(_locationColumn, Row)
            : names.Of(Feed.Iso, reader.Text(_typeColumn, Row), reader.Text(_locationColumn, Row));

    /// <summary>Place of a column among the reader's; -1 where it has none of the name.</summary>
    public static int Ordinal(RowReader reader, string name)
    {
        for (var i = 0; i < reader.Columns.Count; i++)
        {
            if (reader.Columns[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    public void MoveTo(int row)
    {
        Row = row;
        Feed = _feedColumn < 0 ? null : feeds.Find(reader.Text(_feedColumn, row));
    }
}

using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Series;

/// <summary>Reads a series and fills the intervals that it has no value for from its declared substitutes, in their order. Only for
/// those who ask for it: rows of substitutes say what they stand in for.</summary>
/// <remarks>A substitute's value counts where its interval is as long as those of the series and its unit is the series' own or
/// a multiple of it; of several vintages the latest.</remarks>
internal sealed class FilledSeries(StoreReader store)
{
    /// <summary>Rows of one series that are looked through at most.</summary>
    private const int MostRows = 10_000_000;

    /// <summary>The rows by time, one more than the limit where there are.</summary>
    public IReadOnlyList<FilledPoint> Read(SeriesName series, FilledWindow window, int limit, CancellationToken cancel)
    {
        var points = new List<FilledPoint>();
        var sample = Sample(series, window.AsOf);
        var rests = SeriesEquivalent.Of(series.Provider, series.Id)
            .Select(e => new Substitute(e, new Intervals(Rows(new SeriesName(e.FallbackProvider, e.FallbackSeriesId), window, cancel))))
            .ToList();
        using var own = new Intervals(Rows(series, window, cancel));
        try
        {
            while (points.Count <= limit + window.Skip && NextStart(own, rests) is { } start)
            {
                cancel.ThrowIfCancellationRequested();
                var found = own.Take(start);
                var filled = rests.Select(rest => Stand(series, sample, rest, rest.Rows.Take(start))).ToList();
                points.AddRange(
                    found.Any(p => p.Value is not null) || filled.Find(p => p is not null) is not { } stand ? found : [stand]);
            }
        }
        finally
        {
            rests.ForEach(rest => rest.Rows.Dispose());
        }

        return [.. points.Skip(window.Skip).Take(limit + 1)];
    }

    /// <summary>The earliest interval start of all that is not yet taken.</summary>
    private static Instant? NextStart(Intervals own, List<Substitute> rests)
    {
        var next = own.Start;
        foreach (var rest in rests)
        {
            next = rest.Rows.Start is { } start && (next is null || start < next) ? start : next;
        }

        return next;
    }

    /// <summary>A substitute's row as one of the series; null where it can't stand in for it.</summary>
    private static FilledPoint? Stand(SeriesName series, FilledPoint? sample, Substitute rest, List<FilledPoint> rows)
    {
        if (rows.FindLast(p => p.Value is not null) is not { } row
            || FactorTo(sample?.Unit ?? row.Unit, row.Unit) is not { } factor
            || (sample is not null && LengthOf(sample) != LengthOf(row)))
        {
            return null;
        }

        return row with
        {
            Value = row.Value * factor,
            Unit = sample?.Unit ?? row.Unit,
            SubstitutedFor = series.ToString(),
            SubstituteFactor = factor,
            SubstituteNote = rest.Declared.Note,
        };
    }

    /// <summary>How long an interval is; months and longer ones vary by days, so they count in thirties.</summary>
    private static double LengthOf(FilledPoint point)
    {
        var days = (point.IntervalEndUtc - point.IntervalStartUtc).TotalDays;
        return days > 20 ? Math.Round(days / 30) * 30 : days;
    }

    /// <summary>What a value is multiplied by to be in another unit; null where it can't be.</summary>
    private static double? FactorTo(string wanted, string found) => wanted == found ? 1
        : SeriesUnit.Find(wanted) is { } to && SeriesUnit.Find(found) is { } from && to.Code == from.Code ? from.Factor / to.Factor
        : null;

    /// <summary>A row of the series, for its unit and the length of its intervals; null where it never had one.</summary>
    private FilledPoint? Sample(SeriesName series, Instant asOf)
    {
        using var rows = new Intervals(Rows(series, new FilledWindow(null, null, asOf), CancellationToken.None, limit: 1));
        return rows.Start is { } start ? rows.Take(start)[0] : null;
    }

    private RowReader Rows(SeriesName series, FilledWindow window, CancellationToken cancel, int limit = MostRows) => store.Rows(
        new RowQuery(SeriesTables.Observation.Name)
        {
            Filters = [new ColumnFilter("provider", series.Provider), new ColumnFilter("series_id", series.Id)],
            Start = window.Start,
            End = window.End,
            AsOf = window.AsOf,
            Limit = limit,
        },
        cancel);

    private sealed record Substitute(SeriesEquivalent Declared, Intervals Rows);

    /// <summary>Rows of a reader, interval start by interval start.</summary>
    private sealed class Intervals : IDisposable
    {
        private readonly RowReader _reader;
        private readonly Dictionary<string, int> _columns;
        private int _row = -1;

        public Intervals(RowReader reader)
        {
            _reader = reader;
            _columns = reader.Columns.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i);
            Move();
        }

        /// <summary>Start of the next rows; null at the end.</summary>
        public Instant? Start { get; private set; }

        /// <summary>The rows of a start, latest vintage last; none where the next rows start later.</summary>
        public List<FilledPoint> Take(Instant start)
        {
            var rows = new List<FilledPoint>();
            while (Start == start)
            {
                rows.Add(Point());
                Move();
            }

            return rows;
        }

        public void Dispose() => _reader.Dispose();

        private void Move()
        {
            _row++;
            if (_row >= _reader.Count)
            {
                _row = 0;
                Start = _reader.NextChunk() ? Cell<Instant>("interval_start_utc") : null;
                return;
            }

            Start = Cell<Instant>("interval_start_utc");
        }

        private FilledPoint Point() => new(
            new FeedId(Cell<string>("feed")), Cell<string>("provider"), Cell<string>("series_id"), Cell<Instant>("interval_start_utc"),
            Cell<Instant>("interval_end_utc"), OrNull<Instant>("issued_at_utc"), OrNull<double>("value"), Cell<string>("unit"),
            Cell<string>("flags"), null, null, null, Cell<Instant>("known_at"), Cell<long>("revision"));

        private T Cell<T>(string name) => (T)_reader.Value(_columns[name], _row)!;

        private T? OrNull<T>(string name)
            where T : struct => (T?)_reader.Value(_columns[name], _row);
    }
}

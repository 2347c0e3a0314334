using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store.DuckDb;

namespace Aurum.Store.Rows;

/// <summary>Collects a delivery's rows in a temporary table, and watches what may make the comparison with stored rows
/// unnecessary: whether keys repeat, and which hours they lie in.</summary>
internal sealed class RowStage<TRow> : IDisposable
    where TRow : struct
{
    private const long MicrosPerSecond = 1_000_000;
    private const int SecondsPerHour = 3600;

    private readonly RowColumn<TRow>[] _columns;
    private readonly RowColumn<TRow>[] _keys;
    private readonly SecondsOf<TRow> _start;
    private readonly LocationOf<TRow>? _location;
    private readonly DuckDbAppender _appender;
    private readonly HourRanges _stored;
    private readonly KeySet _seen;
    private readonly HashSet<long> _newHours = [];
    private readonly HashSet<Location> _locations = new(ReferenceEqualityComparer.Instance);
    private readonly ulong[] _hashes = new ulong[DuckDbAppender.Capacity];
    private long _lastHour = long.MinValue;
    private int _filled;

    /// <param name="table">Columns of the rows.</param>
    /// <param name="appender">Appends to the stage table.</param>
    /// <param name="stored">Hours in which the feed has rows already.</param>
    /// <param name="seen">An empty set of keys to use.</param>
    public RowStage(RowTable<TRow> table, DuckDbAppender appender, HourRanges stored, KeySet seen)
    {
        _columns = [.. table.Columns.Where(c => c.Role != ColumnRole.Feed)];
        _keys = [.. table.Columns.Where(c => c.Role == ColumnRole.Key)];
        _start = table.IntervalStart?.Of ?? table.Day?.Midnight ?? (static (in TRow _) => 0);
        _location = table.Location;
        _appender = appender;
        _stored = stored;
        _seen = seen;
    }

    /// <summary>Rows taken.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a stored row may have the key of a staged one.</summary>
    public bool MayMeetStored { get; private set; }

    /// <summary>Whether two staged rows may have the same key.</summary>
    public bool MayRepeat => _seen.MayRepeat;

    public long FirstStartSeconds { get; private set; } = long.MaxValue;

    public long LastStartSeconds { get; private set; } = long.MinValue;

    /// <summary>Hours with staged rows that had no stored row before.</summary>
    public IReadOnlyCollection<long> NewHours => _newHours;

    /// <summary>Places of the rows; the same place may come as several objects.</summary>
    public IReadOnlyCollection<Location> Locations => _locations;

    public void Append(ReadOnlySpan<TRow> rows, long fileId)
    {
        while (rows.Length > 0)
        {
            var batch = rows[..Math.Min(rows.Length, DuckDbAppender.Capacity - _filled)];
            Fill(batch, fileId);
            Watch(batch);
            rows = rows[batch.Length..];
            if (_filled == DuckDbAppender.Capacity)
            {
                Push();
            }
        }
    }

    /// <summary>Writes what is still buffered into the stage table.</summary>
    public void Finish()
    {
        if (_filled > 0)
        {
            Push();
        }

        _appender.Finish();
    }

    public void Dispose() => _appender.Dispose();

    private void Push()
    {
        _appender.Push(_filled);
        _filled = 0;
    }

    private void Fill(ReadOnlySpan<TRow> rows, long fileId)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            switch (_columns[i])
            {
                case TextColumn<TRow> text:
                    FillText(i, text.Of, rows);
                    break;
                case NumberColumn<TRow> number:
                    FillNumbers(i, number.Of, rows);
                    break;
                case InstantColumn<TRow> instant:
                    FillInstants(i, instant.Of, rows);
                    break;
                default:
                    throw new InvalidOperationException($"column {_columns[i].Name} is of no known kind");
            }
        }

        _appender.Longs(_columns.Length).Slice(_filled, rows.Length).Fill(fileId);
        var numbers = _appender.Longs(_columns.Length + 1).Slice(_filled, rows.Length);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Count + i;
        }

        Count += rows.Length;
        _filled += rows.Length;
    }

    private void FillText(int column, TextOf<TRow> of, ReadOnlySpan<TRow> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            _appender.SetText(column, _filled + i, of(in rows[i]));
        }
    }

    private void FillNumbers(int column, NumberOf<TRow> of, ReadOnlySpan<TRow> rows)
    {
        var cells = _appender.Doubles(column).Slice(_filled, rows.Length);
        for (var i = 0; i < cells.Length; i++)
        {
            var number = of(in rows[i]);
            cells[i] = number;
            if (double.IsNaN(number))
            {
                _appender.SetNull(column, _filled + i);
            }
        }
    }

    private void FillInstants(int column, SecondsOf<TRow> of, ReadOnlySpan<TRow> rows)
    {
        var cells = _appender.Longs(column).Slice(_filled, rows.Length);
        for (var i = 0; i < cells.Length; i++)
        {
            var seconds = of(in rows[i]);
            cells[i] = seconds * MicrosPerSecond;
            if (seconds == InstantColumn.Unknown)
            {
                _appender.SetNull(column, _filled + i);
            }
        }
    }

    private void Watch(ReadOnlySpan<TRow> rows)
    {
        WatchHours(rows);
        if (!MayRepeat)
        {
            _seen.Add(Hash(rows));
        }

        if (_location is not null)
        {
            Location? last = null;
            foreach (ref readonly var row in rows)
            {
                var location = _location(in row);
                if (!ReferenceEquals(location, last))
                {
                    _locations.Add(location);
                    last = location;
                }
            }
        }
    }

    private void WatchHours(ReadOnlySpan<TRow> rows)
    {
        foreach (ref readonly var row in rows)
        {
            var start = _start(in row);
            FirstStartSeconds = Math.Min(FirstStartSeconds, start);
            LastStartSeconds = Math.Max(LastStartSeconds, start);
            var hour = HourOf(start);
            if (hour != _lastHour)
            {
                _lastHour = hour;
                if (_stored.Contains(hour))
                {
                    MayMeetStored = true;
                }
                else
                {
                    _newHours.Add(hour);
                }
            }
        }
    }

    private ReadOnlySpan<ulong> Hash(ReadOnlySpan<TRow> rows)
    {
        var hashes = _hashes.AsSpan(0, rows.Length);
        hashes.Clear();
        foreach (var key in _keys)
        {
            for (var i = 0; i < hashes.Length; i++)
            {
                hashes[i] = key switch
                {
                    TextColumn<TRow> text => KeySet.Mix(hashes[i], text.Of(in rows[i])),
                    InstantColumn<TRow> instant => KeySet.Mix(hashes[i], (ulong)instant.Of(in rows[i])),
                    _ => throw new InvalidOperationException($"column {key.Name} cannot be a key"),
                };
            }
        }

        return hashes;
    }

    private static long HourOf(long seconds) =>
        Math.DivRem(seconds, SecondsPerHour) is var (hour, rest) && rest < 0 ? hour - 1 : hour;
}

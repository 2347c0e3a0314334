using System.Text;
using Aurum.App.Api.Rows;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Bars;

/// <summary>Sums prices up into bars while they stream by in order of time; only the bars of the day or hour at hand are in
/// memory.</summary>
internal sealed class BarReader
{
    private const int MaxKeyBytes = 1024;

    private readonly BarLength _length;
    private readonly FeedTable _feeds;
    private readonly RowReader _reader;
    private readonly int _feed, _market, _location, _type, _start, _end, _lmp;
    private readonly Queue<Block> _open = [];
    private Block? _last;
    private DateTimeZone? _lastZone;

    public BarReader(BarLength length, FeedTable feeds, RowReader reader)
    {
        (_length, _feeds, _reader) = (length, feeds, reader);
        _feed = RowView.Ordinal(reader, "feed");
        _market = RowView.Ordinal(reader, "iso_market");
        _location = RowView.Ordinal(reader, "location_id");
        _type = RowView.Ordinal(reader, "location_type");
        _start = RowView.Ordinal(reader, "interval_start_utc");
        _end = RowView.Ordinal(reader, "interval_end_utc");
        _lmp = RowView.Ordinal(reader, "lmp");
    }

    /// <summary>Bars by start, then feed and place.</summary>
    /// <param name="cancel">Ends the reading between two chunks.</param>
    public IEnumerable<PriceBar> Read(CancellationToken cancel)
    {
        while (_reader.NextChunk())
        {
            cancel.ThrowIfCancellationRequested();
            for (var row = 0; row < _reader.Count; row++)
            {
                Add(row);
            }

            // Rows come in order of their start: what ends before the last one is complete. Blocks open in order of their start,
            // and markets' days that start earlier also end earlier.
            var reached = Instant.FromUnixTimeTicks(_reader.InstantMicros(_start, _reader.Count - 1) * 10);
            while (_open.Count > 0 && _open.Peek().Interval.End <= reached)
            {
                foreach (var bar in _open.Dequeue().InOrder())
                {
                    yield return bar;
                }
            }
        }

        while (_open.Count > 0)
        {
            foreach (var bar in _open.Dequeue().InOrder())
            {
                yield return bar;
            }
        }
    }

    private void Add(int row)
    {
        if (_reader.IsNull(_lmp, row))
        {
            return;
        }

        var startMicros = _reader.InstantMicros(_start, row);
        var zone = _feeds.Find(_reader.Text(_feed, row))?.Feed.Zone ?? DateTimeZone.Utc;
        var bar = BlockOf(Instant.FromUnixTimeTicks(startMicros * 10), zone).Bars;
        Span<byte> buffer = stackalloc byte[MaxKeyBytes];
        var key = Key(buffer, row);
        if (!bar.TryGet(key, out var found))
        {
            found = new PriceBar(PlaceOf(row), _last!.Interval);
            bar.Add(key, found);
        }

        found.Add(_reader.Number(_lmp, row), (_reader.InstantMicros(_end, row) - startMicros) / 1_000_000);
    }

    private Block BlockOf(Instant start, DateTimeZone zone)
    {
        if (_last is not null && ReferenceEquals(_lastZone, zone) && _last.Interval.Contains(start))
        {
            return _last;
        }

        var interval = _length.BarOf(start, zone);
        _last = _open.FirstOrDefault(b => b.Interval == interval);
        if (_last is null)
        {
            _last = new Block(interval);
            _open.Enqueue(_last);
        }

        _lastZone = zone;
        return _last;
    }

    private ReadOnlySpan<byte> Key(Span<byte> to, int row)
    {
        var feed = _reader.Text(_feed, row);
        var location = _reader.Text(_location, row);
        var type = _reader.Text(_type, row);
        if (feed.Length + location.Length + type.Length + 2 > to.Length)
        {
            throw new InvalidDataException($"a place's name is longer than {MaxKeyBytes} bytes");
        }

        feed.CopyTo(to);
        to[feed.Length] = (byte)'|';
        location.CopyTo(to[(feed.Length + 1)..]);
        to[feed.Length + location.Length + 1] = (byte)'|';
        type.CopyTo(to[(feed.Length + location.Length + 2)..]);
        return to[..(feed.Length + location.Length + type.Length + 2)];
    }

    private FeedPlace PlaceOf(int row) => new(Text(_feed, row), Text(_market, row), Text(_location, row), Text(_type, row));

    private string Text(int column, int row) => Encoding.UTF8.GetString(_reader.Text(column, row));

    private sealed class Block(Interval interval)
    {
        public Interval Interval { get; } = interval;

        public Utf8Table<PriceBar> Bars { get; } = new();

        public IEnumerable<PriceBar> InOrder() => Bars.Values.OrderBy(b => b.Place.SortKey, StringComparer.Ordinal);
    }
}

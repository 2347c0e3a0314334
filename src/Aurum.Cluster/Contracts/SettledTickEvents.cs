using System.Globalization;
using System.Text.RegularExpressions;
using Aurum.Market.Ticks;
using Aurum.Store.Reading;
using Aurum.Store.Ticks;
using LatestPrice = Aurum.Market.Ticks.LatestPrice;

namespace Aurum.Cluster.Contracts;

/// <summary>Makes events of what frames have brought to the tables of real-time prices: ticks, bars with their revisions, quotes of forward
/// curves, the latest prices that changed, and messages that are no ticks.</summary>
/// <remarks>The same frames give the same events in the same order, but for latest prices: one that a later frame has changed by then comes
/// with that frame. Not for several threads.</remarks>
/// <param name="tables">What to read.</param>
/// <param name="ids">Ids of the schemas in the registry.</param>
/// <param name="producer">What makes the events: <c>aurum@0.1.0</c>.</param>
public sealed partial class SettledTickEvents(TickTables tables, EventSchemaIds ids, string producer) : IDisposable
{
    private const int MaxBatchBytes = 4 << 20;
    private const int LetterPage = 1_000;

    private readonly EventBatch _batch = new();
    private readonly TickEvents _events = new(ids, producer);
    private readonly Dictionary<(string Tenant, string Name), TickInstrument> _instruments = [];

    /// <summary>The events of some frames, a batch at a time. A batch is used again: it is good until the next one is asked for.</summary>
    /// <param name="after">Number of the frame before the first.</param>
    /// <param name="through">Number of the last frame.</param>
    /// <param name="cancel">Ends it.</param>
    public IEnumerable<EventBatch> Of(long after, long through, CancellationToken cancel)
    {
        var all = Rows(() => tables.Settled(SettledKind.Ticks, after, through, cancel, inOrder: true), WriteTick)
            .Concat(Rows(() => tables.Settled(SettledKind.Bars, after, through, cancel, inOrder: true), WriteBar))
            .Concat(Rows(() => tables.Settled(SettledKind.CurvePoints, after, through, cancel, inOrder: true), WritePoint))
            .Concat(Rows(() => tables.LatestOf(after, through, cancel), WritePrice))
            .Concat(Letters(after, through));
        _batch.Clear();
        foreach (var batch in all)
        {
            yield return batch;
            _batch.Clear();
        }
    }

    public void Dispose() => _batch.Dispose();

    /// <param name="read">Begins when its rows are due: whoever stops before has no connection of it.</param>
    /// <param name="write">Makes the events of a row.</param>
    private IEnumerable<EventBatch> Rows(Func<RowReader> read, Action<RowReader, int> write)
    {
        using var rows = read();
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                write(rows, row);
                if (_batch.LengthBytes >= MaxBatchBytes)
                {
                    yield return _batch;
                }
            }
        }

        yield return _batch;
    }

    private IEnumerable<EventBatch> Letters(long after, long through)
    {
        TickToken? last = new TickToken(after, int.MaxValue);
        while (last is not null)
        {
            var page = tables.DeadLetters(new TickLetterQuery { After = last, Limit = LetterPage })
                .TakeWhile(l => l.Id.Frame <= through).ToList();
            foreach (var letter in page)
            {
                _events.WriteLetter(
                    letter.Letter, letter.Id.ToString(), OriginOf(letter.Stream), letter.Bytes, letter.ReceivedAt.ToMicros(), _batch);
            }

            last = page.Count == LetterPage ? page[^1].Id : null;
            yield return _batch;
        }
    }

    private void WriteTick(RowReader rows, int row)
    {
        var tick = new Tick
        {
            Instrument = 0,
            Source = 0,
            EventMicros = rows.InstantMicros(6, row),
            IngestedMicros = rows.InstantMicros(7, row),
            Sequence = rows.IsNull(8, row) ? -1 : rows.Whole(8, row),
            Key = unchecked((ulong)rows.Bits(19, row)),
            Price = rows.Number(9, row),
            Volume = rows.NumberOrNaN(10, row),
            Bid = rows.NumberOrNaN(11, row),
            Ask = rows.NumberOrNaN(12, row),
            Flags = (QualityFlags)rows.Whole(15, row),
            Classification = rows.IsNull(16, row) ? 0 : 1,
        };
        var taxonomy = tick.Classification == 0
            ? Taxonomy.None
            : new Taxonomy(Text(rows, 16, row), Text(rows, 17, row), Text(rows, 18, row), double.NaN, "");
        _events.WriteTick(
            in tick, Instrument(rows, 2, 3, row), Text(rows, 5, row), taxonomy, rows.InstantMicros(20, row), _batch);
    }

    private void WriteBar(RowReader rows, int row)
    {
        _ = BarIntervals.TryParse(Text(rows, 4, row), out var interval);
        var bar = new Bar
        {
            Instrument = 0,
            Interval = interval,
            StartMicros = rows.InstantMicros(5, row),
            EndMicros = rows.InstantMicros(6, row),
            Open = rows.Number(7, row),
            High = rows.Number(8, row),
            Low = rows.Number(9, row),
            Close = rows.Number(10, row),
            Volume = rows.Number(11, row),
            Vwap = rows.NumberOrNaN(12, row),
            Twap = rows.NumberOrNaN(13, row),
            Count = rows.Whole(14, row),
            Revision = (int)rows.Whole(15, row),
            Marks = (BarMarks)rows.Whole(16, row),
        };
        _events.WriteBar(in bar, Instrument(rows, 2, 3, row), _batch);
    }

    private void WritePoint(RowReader rows, int row)
    {
        var point = new CurvePoint(
            0, 0, (int)rows.Whole(5, row), rows.InstantMicros(6, row), rows.Number(7, row), rows.NumberOrNaN(8, row));
        _events.WritePoint(
            in point, new TickCurve(Text(rows, 2, row), Text(rows, 3, row)), Instrument(rows, 2, 4, row), _batch);
    }

    private void WritePrice(RowReader rows, int row)
    {
        var price = new LatestPrice(
            0, rows.InstantMicros(3, row), rows.IsNull(4, row) ? -1 : rows.Whole(4, row), 0, rows.Number(5, row), rows.NumberOrNaN(6, row),
            rows.NumberOrNaN(7, row), rows.NumberOrNaN(8, row), 0, (QualityFlags)rows.Whole(9, row));
        _events.WritePrice(in price, Instrument(rows, 0, 1, row), Text(rows, 2, row), _batch);
    }

    private TickInstrument Instrument(RowReader rows, int tenant, int name, int row)
    {
        var key = (Text(rows, tenant, row), Text(rows, name, row));
        if (!_instruments.TryGetValue(key, out var found))
        {
            foreach (var instrument in tables.Instruments())
            {
                _instruments[(instrument.Tenant, instrument.Name)] = instrument;
            }

            found = _instruments[key];
        }

        return found;
    }

    private static string Text(RowReader rows, int column, int row) => System.Text.Encoding.UTF8.GetString(rows.Text(column, row));

    /// <summary>Where a message came by, of streams like <c>aurum.market.tick.raw.v1[3]@1042</c>.</summary>
    private static (string? Topic, int? Partition, long? Offset) OriginOf(string stream) =>
        Origin().Match(stream) is { Success: true } found
            ? (found.Groups[1].Value, int.Parse(found.Groups[2].ValueSpan, CultureInfo.InvariantCulture),
                long.Parse(found.Groups[3].ValueSpan, CultureInfo.InvariantCulture))
            : (null, null, null);

    [GeneratedRegex(@"^(.+)\[([0-9]{1,9})\]@([0-9]{1,18})$")]
    private static partial Regex Origin();
}

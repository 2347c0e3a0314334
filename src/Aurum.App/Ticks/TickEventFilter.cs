using System.Buffers;
using Aurum.Market.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Finds what somebody wants in frames that are in memory. One thread.</summary>
/// <param name="wanted">What is wanted.</param>
/// <param name="pipeline">Knows what numbers of instruments and sources stand for.</param>
internal sealed class TickEventFilter(TickFilter wanted, Func<TickPipeline> pipeline)
{
    private const int PieceItems = 512;
    private const byte NotKnown = 0;
    private const byte Wanted = 1;
    private const byte NotWanted = 2;

    private readonly HashSet<string> _names = new(wanted.Instruments, StringComparer.Ordinal);
    private byte[] _instruments = [];

    public TickFilter Filter => wanted;

    /// <summary>Reads a frame behind a token.</summary>
    /// <param name="rings">The frames in memory.</param>
    /// <param name="entry">The frame.</param>
    /// <param name="after">The last place that was read; of the whole frame in the end.</param>
    /// <param name="to">Takes what is wanted.</param>
    /// <returns>False where it is not in memory any more; up to the token it was.</returns>
    public bool TryRead(FrameRings rings, in FrameEntry entry, ref TickToken after, List<TickEvent> to)
    {
        var first = 0;
        var isThere = TryRead(TickEventKind.Tick, rings.Ticks, entry.Tick, entry.Ticks, first, ref after, to)
            && TryRead(TickEventKind.Bar, rings.Bars, entry.Bar, entry.Bars, first += entry.Ticks, ref after, to)
            && TryRead(TickEventKind.CurvePoint, rings.Points, entry.Point, entry.Points, first += entry.Bars, ref after, to)
            && TryRead(TickEventKind.Price, rings.Prices, entry.Price, entry.Prices, first + entry.Points, ref after, to);
        if (isThere)
        {
            after = after with { Index = int.MaxValue };
        }

        return isThere;
    }

    /// <summary>Whether events of an instrument are wanted.</summary>
    public bool Takes(TickInstrument instrument) =>
        (wanted.Tenant is null || instrument.Tenant == wanted.Tenant) && (_names.Count == 0 || _names.Contains(instrument.Name));

    private bool TryRead<T>(
        TickEventKind kind, TickRing<T> ring, long position, int count, int first, ref TickToken after, List<TickEvent> to)
        where T : struct
    {
        if (!wanted.Kinds.HasFlag(kind) || count == 0)
        {
            return true;
        }

        var piece = ArrayPool<T>.Shared.Rent(PieceItems);
        try
        {
            for (var i = Math.Max(0, after.Index + 1 - first); i < count;)
            {
                var length = Math.Min(PieceItems, count - i);
                if (!ring.TryRead(position + i, piece.AsSpan(0, length)))
                {
                    return false;
                }

                for (var at = 0; at < length; at++)
                {
                    Add(kind, in piece[at], new TickToken(after.Frame, first + i + at), to);
                }

                i += length;
                after = after with { Index = first + i - 1 };
            }

            return true;
        }
        finally
        {
            ArrayPool<T>.Shared.Return(piece);
        }
    }

    private void Add<T>(TickEventKind kind, ref readonly T item, TickToken token, List<TickEvent> to)
        where T : struct
    {
        switch (item)
        {
            case Tick tick when IsWanted(tick.Instrument):
                to.Add(new TickEvent(
                    token, kind, pipeline().Instruments[tick.Instrument], SourceOf(tick.Source), tick, default, default, default));
                break;
            case Bar bar when IsWanted(bar.Instrument) && (wanted.Intervals.Count == 0 || wanted.Intervals.Contains(bar.Interval)):
                to.Add(new TickEvent(token, kind, pipeline().Instruments[bar.Instrument], "", default, bar, default, default));
                break;
            case LatestPrice price when IsWanted(price.Instrument):
                to.Add(new TickEvent(
                    token, kind, pipeline().Instruments[price.Instrument], SourceOf(price.Source), default, default, price, default));
                break;
            case CurvePoint point when IsWanted(point.Instrument):
                to.Add(new TickEvent(token, kind, pipeline().Instruments[point.Instrument], "", default, default, default, point));
                break;
            default:
                break;
        }
    }

    private string SourceOf(int source) => pipeline().Normalize.Sources[source];

    private bool IsWanted(int instrument)
    {
        if (instrument >= _instruments.Length)
        {
            Array.Resize(ref _instruments, Math.Max(instrument + 1, 2 * _instruments.Length));
        }

        ref var known = ref _instruments[instrument];
        if (known == NotKnown)
        {
            known = Takes(pipeline().Instruments[instrument]) ? Wanted : NotWanted;
        }

        return known == Wanted;
    }
}

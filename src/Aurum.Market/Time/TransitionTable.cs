using System.Collections.Concurrent;
using NodaTime;
using NodaTime.TimeZones;

namespace Aurum.Market.Time;

/// <summary>A zone's clock changes as sorted arrays, for whole columns: local seconds to UTC seconds and back.</summary>
/// <remarks>
/// <para>The local clock is cut into pieces: those whose readings stand for one instant, for none (a jump ahead) and for two
/// (a step back). A run of input inside one piece costs a comparison and an addition a value.</para>
/// <para>Source: NodaTime's own tz database. Range: 1900 to 2199; outside, <see cref="ArgumentOutOfRangeException"/>.</para>
/// <para>Budget: <c>aurum bench time-labels</c>, at least 20 M labels a CPU-second for sorted input, nothing allocated.</para>
/// </remarks>
public sealed class TransitionTable
{
    private static readonly ConcurrentDictionary<DateTimeZone, TransitionTable> Tables = new();
    private static readonly Instant Begin = Instant.FromUtc(1900, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2200, 1, 1, 0, 0);

    private readonly Span[] _spans;
    private readonly StretchIndex _spanIndex;
    private readonly Piece[] _pieces;
    private readonly StretchIndex _pieceIndex;

    private TransitionTable(DateTimeZone zone)
    {
        Zone = zone;
        _spans = Spans(zone);
        _spanIndex = new StretchIndex(_spans[0].Start, Array.ConvertAll(_spans, span => span.End));
        _pieces = Pieces(_spans);
        _pieceIndex = new StretchIndex(_pieces[0].Start, Array.ConvertAll(_pieces, piece => piece.End));
    }

    public DateTimeZone Zone { get; }

    /// <summary>The zone's table, made once.</summary>
    public static TransitionTable For(DateTimeZone zone) => Tables.GetOrAdd(zone, static z => new TransitionTable(z));

    /// <summary>The instants that a local reading stands for.</summary>
    public LocalMatch Match(long localSeconds)
    {
        ref readonly var piece = ref _pieces[_pieceIndex.Find(localSeconds)];
        return new LocalMatch(localSeconds, piece.Count, piece.FirstOffset, piece.SecondOffset);
    }

    /// <summary>The delivery hour of a day that begins at a local hour from 0 to 23. False where that day has none.</summary>
    public bool TryGetHour(LocalDate date, int hourBeginning, bool isRepeated, out DeliveryInterval hour)
    {
        var match = Match(LocalSeconds.Of(date) + (hourBeginning * LocalSeconds.PerHour));
        var exists = match.Count == 2 || (match.Count == 1 && !isRepeated);
        hour = exists ? DeliveryInterval.FromUnixSeconds(isRepeated ? match.Second : match.First, LocalSeconds.PerHour) : default;
        return exists;
    }

    /// <summary>Seconds that the clock is ahead of UTC at an instant.</summary>
    public int OffsetAt(long unixSeconds) => _spans[_spanIndex.Find(unixSeconds)].Offset;

    public long ToLocal(long unixSeconds) => unixSeconds + OffsetAt(unixSeconds);

    /// <summary>Turns a column of local readings into Unix seconds. Allocates nothing.</summary>
    /// <param name="localSeconds">Local readings, best sorted.</param>
    /// <param name="unixSeconds">Takes as many values. What it holds after an exception is undefined.</param>
    /// <param name="repeated">How the column tells the passes of a repeated hour apart.</param>
    /// <exception cref="TimeLabelException">A reading that the clock jumped over, or a repeated one that nothing tells
    /// apart.</exception>
    public void ToUtc(ReadOnlySpan<long> localSeconds, Span<long> unixSeconds, RepeatedTime repeated = RepeatedTime.Refuse)
    {
        unixSeconds = unixSeconds[..localSeconds.Length];
        var order = new SeriesOrder();
        for (var i = 0; i < localSeconds.Length;)
        {
            ref readonly var piece = ref _pieces[_pieceIndex.Find(localSeconds[i])];
            if (piece.Count == 1)
            {
                i = Shift(localSeconds, unixSeconds, i, piece.Start, piece.End, -piece.FirstOffset);
                order = default;
                continue;
            }

            var local = localSeconds[i];
            unixSeconds[i++] = local - OffsetOf(in piece, local, repeated, ref order);
        }
    }

    /// <summary>Turns a column of Unix seconds into local readings. Allocates nothing.</summary>
    public void ToLocal(ReadOnlySpan<long> unixSeconds, Span<long> localSeconds)
    {
        localSeconds = localSeconds[..unixSeconds.Length];
        for (var i = 0; i < unixSeconds.Length;)
        {
            ref readonly var span = ref _spans[_spanIndex.Find(unixSeconds[i])];
            i = Shift(unixSeconds, localSeconds, i, span.Start, span.End, span.Offset);
        }
    }

    /// <summary>Copies with a shift for as long as the input stays in [start, end). Returns where it left.</summary>
    private static int Shift(ReadOnlySpan<long> input, Span<long> output, int from, long start, long end, int shift)
    {
        var length = (ulong)(end - start);
        var i = from;
        for (; i < input.Length && i < output.Length; i++)
        {
            var value = input[i];
            if ((ulong)(value - start) >= length)
            {
                break;
            }

            output[i] = value + shift;
        }

        return i;
    }

    private int OffsetOf(in Piece piece, long local, RepeatedTime repeated, ref SeriesOrder order)
    {
        if (piece.Count == 0)
        {
            throw TimeLabelException.JumpedOver(LocalSeconds.Text(local), Zone);
        }

        switch (repeated)
        {
            case RepeatedTime.FirstPass:
                return piece.FirstOffset;
            case RepeatedTime.SecondPass:
                return piece.SecondOffset;
            case RepeatedTime.SeriesOrder:
                return order.TryAdvance(local)
                    ? (order.IsInSecondPass ? piece.SecondOffset : piece.FirstOffset)
                    : throw TimeLabelException.StandsThreeTimes(LocalSeconds.Text(local), Zone);
            default:
                throw TimeLabelException.StandsForTwo(LocalSeconds.Text(local), Zone);
        }
    }

    private static Span[] Spans(DateTimeZone zone)
    {
        var spans = new List<Span>();
        var range = new Interval(Begin, End);
        foreach (var interval in zone.GetZoneIntervals(range, ZoneEqualityComparer.Options.OnlyMatchWallOffset))
        {
            var start = interval.HasStart && interval.Start > Begin ? interval.Start : Begin;
            var end = interval.HasEnd && interval.End < End ? interval.End : End;
            spans.Add(new Span(start.ToUnixTimeSeconds(), end.ToUnixTimeSeconds(), interval.WallOffset.Seconds));
        }

        return [.. spans];
    }

    private static Piece[] Pieces(Span[] spans)
    {
        var pieces = new List<Piece>();
        var start = spans[0].Start + spans[0].Offset;
        for (var i = 0; i < spans.Length; i++)
        {
            var offset = spans[i].Offset;
            var next = i + 1 < spans.Length ? spans[i + 1].Offset : offset;
            var before = spans[i].End + Math.Min(offset, next);
            var after = spans[i].End + Math.Max(offset, next);
            pieces.Add(new Piece(start, before, 1, offset, offset));
            if (after > before)
            {
                pieces.Add(new Piece(before, after, next > offset ? 0 : 2, offset, next));
            }

            start = after;
        }

        return [.. pieces];
    }

    /// <summary>A stretch of the local clock whose readings stand for <paramref name="Count"/> instants each.</summary>
    private readonly record struct Piece(long Start, long End, int Count, int FirstOffset, int SecondOffset);

    /// <summary>A stretch of UTC with one offset.</summary>
    private readonly record struct Span(long Start, long End, int Offset);
}

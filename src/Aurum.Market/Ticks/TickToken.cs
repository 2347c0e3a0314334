using System.Globalization;

namespace Aurum.Market.Ticks;

/// <summary>The place of a stored tick, bar or curve point: the frame that it was stored with and its index there. A stream of events
/// goes on behind it. Its text is <c>frame.index</c>.</summary>
/// <remarks>The index runs over the ticks of a frame, then over its bars, then over its curve points, in the order in which they came
/// out. Dead letters are counted by themselves, from 0 in each frame.</remarks>
/// <param name="Frame">Number of the frame, from 1.</param>
/// <param name="Index">Index in it, from 0.</param>
public readonly record struct TickToken(long Frame, int Index) : IComparable<TickToken>
{
    public int CompareTo(TickToken other) =>
        Frame != other.Frame ? Frame.CompareTo(other.Frame) : Index.CompareTo(other.Index);

    public static bool operator <(TickToken left, TickToken right) => left.CompareTo(right) < 0;

    public static bool operator >(TickToken left, TickToken right) => left.CompareTo(right) > 0;

    public static bool operator <=(TickToken left, TickToken right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TickToken left, TickToken right) => left.CompareTo(right) >= 0;

    /// <returns>False where the text is not <c>frame.index</c>.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out TickToken token)
    {
        token = default;
        var dot = text.IndexOf('.');
        if (dot < 1
            || !long.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var frame)
            || !int.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        token = new TickToken(frame, index);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Frame}.{Index}");
}

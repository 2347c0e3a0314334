using System.Text;
using Aurum.Market.Text;
using Aurum.Market.Ticks;

namespace Aurum.Ticks.Normalize;

/// <summary>What is wrong with the message at hand: filled in by whoever finds it, used again for the next.</summary>
internal sealed class Fault
{
    private const int LongestFound = 64;

    public DeadLetterReason Reason { get; private set; }

    public string Field { get; private set; } = "";

    public string Expected { get; private set; } = "";

    public string Found { get; private set; } = "";

    public void Clear() => Reason = 0;

    /// <returns>False, so that a reader can return it.</returns>
    public bool Set(DeadLetterReason reason, string field, string expected, ReadOnlySpan<byte> found)
    {
        Reason = reason;
        Field = field;
        Expected = expected;
        Found = PlainText.Shown(Encoding.UTF8.GetString(found.Length > LongestFound ? found[..LongestFound] : found));
        return false;
    }
}

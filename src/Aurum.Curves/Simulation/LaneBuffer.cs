using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aurum.Curves.Simulation;

/// <summary>Room for a number of eights of doubles, each within one cache line.</summary>
internal sealed class LaneBuffer
{
    private const int LineBytes = 64;

    private readonly double[] _values;
    private readonly int _first;
    private readonly int _count;

    public LaneBuffer(int count)
    {
        // Pinned for good, so that what is aligned now stays so.
        _values = GC.AllocateArray<double>((count + 1) * CounterRandom.Lanes, pinned: true);
        var past = (int)((nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) % LineBytes);
        _first = (LineBytes - past) % LineBytes / sizeof(double);
        _count = count;
    }

    public Span<Vector512<double>> Span =>
        MemoryMarshal.Cast<double, Vector512<double>>(_values.AsSpan(_first, _count * CounterRandom.Lanes));
}

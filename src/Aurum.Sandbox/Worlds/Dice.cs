using System.Runtime.CompilerServices;

namespace Aurum.Sandbox.Worlds;

/// <summary>Chance without state: the same seed, stream and place always give the same number, on any thread, in any order.</summary>
public readonly record struct Dice(ulong Seed)
{
    /// <summary>A stream of its own, for one purpose or one place.</summary>
    public Dice For(string name) => new(Mix(Seed ^ Hash(name)));

    public Dice For(ulong key) => new(Mix(Seed + (0x9E3779B97F4A7C15 * (key + 1))));

    /// <summary>64 even bits for a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits(long at) => Mix(Seed + (0x9E3779B97F4A7C15 * (ulong)at));

    /// <summary>A number in [0, 1) for a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Unit(long at) => (Bits(at) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, count).</summary>
    public int Below(long at, int count) => (int)(Bits(at) % (ulong)count);

    /// <summary>A curve without jumps in [-1, 1]: even numbers at whole positions, blended in between.</summary>
    public double Smooth(double at)
    {
        var floor = Math.Floor(at);
        var part = at - floor;
        var blend = part * part * (3 - (2 * part));
        var from = Unit((long)floor);
        var to = Unit((long)floor + 1);
        return (2 * (from + ((to - from) * blend))) - 1;
    }

    /// <summary>64-bit FNV-1a of a text, stirred.</summary>
    public static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 0x100000001B3UL;
        }

        return Mix(hash);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong x)
    {
        // SplitMix64's finisher.
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace Aurum.Store.Rows;

/// <summary>Finds out whether keys may repeat, by their 64-bit hashes: equal keys always have equal hashes, so a set without a
/// repeat proves that all keys differ. A chance repeat costs only the exact comparison.</summary>
internal sealed class KeySet
{
    /// <summary>Keys that are remembered; 64 MiB. With more, a repeat is taken for possible.</summary>
    public const int MaxKeys = 6 << 20;

    private const ulong Prime = 0x9E3779B97F4A7C15;
    private const int FewSlots = 1 << 12;
    private ulong[] _slots = new ulong[FewSlots];
    private int _count;

    public bool MayRepeat { get; private set; }

    public static ulong Mix(ulong hash, ulong value) => BitOperations.RotateLeft(hash ^ value, 29) * Prime;

    public static ulong Mix(ulong hash, ReadOnlySpan<byte> text)
    {
        hash = Mix(hash, (ulong)text.Length);
        while (text.Length >= sizeof(ulong))
        {
            hash = Mix(hash, MemoryMarshal.Read<ulong>(text));
            text = text[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (var b in text)
        {
            rest = (rest << 8) | b;
        }

        return Mix(hash, rest);
    }

    public void Add(ReadOnlySpan<ulong> hashes)
    {
        foreach (var hash in hashes)
        {
            if (MayRepeat)
            {
                return;
            }

            Add(hash);
        }
    }

    /// <summary>Forgets all keys; the room stays only where it was needed.</summary>
    public void Clear()
    {
        if (_slots.Length > FewSlots && _count < _slots.Length / 16)
        {
            _slots = new ulong[FewSlots];
        }
        else
        {
            Array.Clear(_slots);
        }

        _count = 0;
        MayRepeat = false;
    }

    private void Add(ulong hash)
    {
        if (_count >= _slots.Length / 4 * 3)
        {
            if (_count >= MaxKeys)
            {
                MayRepeat = true;
                return;
            }

            Grow();
        }

        MayRepeat = !Insert(_slots, hash == 0 ? 1 : hash);
        _count++;
    }

    private static bool Insert(ulong[] slots, ulong hash)
    {
        var mask = (ulong)slots.Length - 1;
        for (var index = (hash ^ (hash >> 32)) & mask; ; index = (index + 1) & mask)
        {
            if (slots[index] == 0)
            {
                slots[index] = hash;
                return true;
            }

            if (slots[index] == hash)
            {
                return false;
            }
        }
    }

    private void Grow()
    {
        var larger = new ulong[_slots.Length * 2];
        foreach (var hash in _slots)
        {
            if (hash != 0)
            {
                Insert(larger, hash);
            }
        }

        _slots = larger;
    }
}

using System.Numerics;

namespace Aurum.Store.Rows;

/// <summary>Rows by the hash of their keys: those with the same hash follow each other in their order.</summary>
internal readonly struct RowIndex
{
    private readonly ulong[] _hashes;
    private readonly int[] _first;
    private readonly int[] _next;

    /// <param name="hashes">One a row.</param>
    public RowIndex(ReadOnlySpan<ulong> hashes)
    {
        _hashes = hashes.ToArray();
        _first = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * hashes.Length, 16))];
        _next = new int[hashes.Length];
        Array.Fill(_first, -1);
        for (var i = hashes.Length - 1; i >= 0; i--)
        {
            ref var first = ref _first[SlotOf(hashes[i])];
            _next[i] = first;
            first = i;
        }
    }

    /// <summary>The first row with the hash; -1 where there is none.</summary>
    public int First(ulong hash) => WithHash(_first[SlotOf(hash)], hash);

    /// <summary>The next row with the same hash as a row; -1 where there is none.</summary>
    public int Next(int row) => WithHash(_next[row], _hashes[row]);

    private int WithHash(int row, ulong hash)
    {
        while (row >= 0 && _hashes[row] != hash)
        {
            row = _next[row];
        }

        return row;
    }

    private int SlotOf(ulong hash) => (int)((hash ^ (hash >> 32)) & (ulong)(_first.Length - 1));
}

using System.Numerics;
using Aurum.Quality.Checks;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Gates;

/// <summary>Which rows of the last batch are quarantined, and why. Made once by the caller and filled by each
/// <see cref="GateRun{TRow}.Check"/>; what it says holds until the next one. Reasons are made when asked for.</summary>
public sealed class RowVerdicts
{
    private ulong[] _failed = [];
    private short[] _first = [];
    private IReadOnlyList<Check> _checks = [];

    /// <summary>Rows in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Rows of them that are quarantined.</summary>
    public int FailedCount { get; private set; }

    public bool AllPass => FailedCount == 0;

    /// <summary>One bit a row, lowest first; set where the row is quarantined.</summary>
    public ReadOnlySpan<ulong> FailedBits => _failed.AsSpan(0, Bits.WordsFor(Count));

    public bool IsFailed(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        return (_failed[row >> 6] >> (row & 63) & 1) != 0;
    }

    /// <summary>The expectation, first in the order of the suite, that the row failed.</summary>
    public Expectation FirstFailure(int row) => CheckOf(row).Expectation;

    /// <summary>Why the row failed, in words: <c>lmp 2500.5 is above 2000</c>.</summary>
    public string Reason(int row) => CheckOf(row).Explain(row);

    /// <summary>The next quarantined row at or after the given one, or -1.</summary>
    public int NextFailed(int from)
    {
        for (var word = from >> 6; word < Bits.WordsFor(Count); word++)
        {
            var bits = _failed[word] & (word == from >> 6 ? ulong.MaxValue << (from & 63) : ulong.MaxValue);
            if (bits != 0)
            {
                return (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return -1;
    }

    internal void Reset(int rows, IReadOnlyList<Check> checks)
    {
        if (_first.Length < rows)
        {
            _first = new short[rows];
            _failed = new ulong[Bits.WordsFor(rows)];
        }

        _checks = checks;
        Count = rows;
        FailedCount = 0;
        _failed.AsSpan(0, Bits.WordsFor(rows)).Clear();
    }

    /// <summary>Adds the rows that a check failed; rows that failed an earlier check keep that one as their reason.</summary>
    internal void Add(int check, ReadOnlySpan<ulong> failing)
    {
        for (var word = 0; word < failing.Length; word++)
        {
            var news = failing[word] & ~_failed[word];
            _failed[word] |= news;
            FailedCount += BitOperations.PopCount(news);
            for (; news != 0; news &= news - 1)
            {
                _first[(word << 6) + BitOperations.TrailingZeroCount(news)] = (short)check;
            }
        }
    }

    private Check CheckOf(int row) => IsFailed(row)
        ? _checks[_first[row]]
        : throw new ArgumentException($"row {row} passed", nameof(row));
}

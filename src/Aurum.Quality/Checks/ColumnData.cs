using System.Runtime.Intrinsics;
using Aurum.Market.Feeds;

namespace Aurum.Quality.Checks;

/// <summary>The values of one column for the rows at hand. Arrays are a multiple of 64 long, so that loops need no tail: what
/// stands after the last row is never in a scope.</summary>
internal abstract class ColumnData(string name)
{
    private ulong[] _known = [];

    public string Name { get; } = name;

    protected int Count { get; private set; }

    /// <summary>One bit a row, set where the value is known.</summary>
    public ReadOnlySpan<ulong> Known => _known.AsSpan(0, Bits.WordsFor(Count));

    public void Reset(int rows)
    {
        Count = rows;
        if (_known.Length < Bits.WordsFor(rows))
        {
            _known = new ulong[Bits.WordsFor(rows)];
            Grow(Bits.WordsFor(rows) << 6);
        }
    }

    /// <summary>Works out which values are known.</summary>
    public void Seal() => MarkKnown(_known.AsSpan(0, Bits.WordsFor(Count)));

    /// <summary>The value in words; <c>unknown</c> where it is.</summary>
    public abstract string Show(int row);

    protected abstract void Grow(int capacity);

    protected abstract void MarkKnown(Span<ulong> known);
}

/// <summary>A column of 64-bit values.</summary>
internal interface IValues<T>
    where T : struct
{
    T[] Values { get; }
}

/// <summary>A column of numbers; NaN is unknown.</summary>
internal sealed class NumberData(string name) : ColumnData(name), IValues<double>
{
    public double[] Values { get; private set; } = [];

    public override string Show(int row) => double.IsNaN(Values[row]) ? "unknown" : Text.Of(Values[row]);

    protected override void Grow(int capacity) => Values = new double[capacity];

    protected override void MarkKnown(Span<ulong> known) =>
        Loops.Mark(Values, known, default(IsNumber));

    private readonly struct IsNumber : IVectorTest<double>
    {
        public Vector256<double> Marks(Vector256<double> values) => Vector256.Equals(values, values);
    }
}

/// <summary>A column of instants, seconds since 1970 UTC; 0 is unknown.</summary>
internal sealed class InstantData(string name) : ColumnData(name), IValues<long>
{
    public long[] Values { get; private set; } = [];

    public override string Show(int row) => Values[row] == InstantColumn.Unknown ? "unknown" : Text.OfInstant(Values[row]);

    protected override void Grow(int capacity) => Values = new long[capacity];

    protected override void MarkKnown(Span<ulong> known) =>
        Loops.Mark(Values, known, default(IsInstant));

    private readonly struct IsInstant : IVectorTest<long>
    {
        public Vector256<long> Marks(Vector256<long> values) =>
            ~Vector256.Equals(values, Vector256.Create(InstantColumn.Unknown));
    }
}

/// <summary>A column of texts as numbers of a pool: a text that rows repeat is looked at once in a run. Empty text is
/// unknown.</summary>
internal sealed class TextData(string name) : ColumnData(name)
{
    public int[] Codes { get; private set; } = [];

    /// <summary>The distinct texts of the run so far.</summary>
    public TextPool Pool { get; } = new();

    public override string Show(int row) => Pool.TextOf(Codes[row]) is { Length: > 0 } text ? $"'{text}'" : "unknown";

    protected override void Grow(int capacity) => Codes = new int[capacity];

    protected override void MarkKnown(Span<ulong> known)
    {
        known.Fill(ulong.MaxValue);
        if (Pool.EmptyCode >= 0)
        {
            for (var row = 0; row < Count; row++)
            {
                known[row >> 6] &= ~((Codes[row] == Pool.EmptyCode ? 1UL : 0UL) << (row & 63));
            }
        }
    }
}

using System.Runtime.InteropServices;
using Aurum.Market.Ticks;

namespace Aurum.Store.Ticks;

/// <summary>What came of messages of one partition, in that partition's numbers, until it is committed. Arrays are used again after
/// <see cref="Clear"/>. One thread.</summary>
public sealed class LaneRows : IDisposable
{
    private readonly List<(DeadLetter Letter, string Tenant, string Stream, int From, int Length, LetterForm? Form)> _letters = [];

    public int TickCount => Ticks.Count;

    public int BarCount => Bars.Count;

    public int LetterCount => _letters.Count;

    public bool IsEmpty => Ticks.Count + Bars.Count + Points.Count + Prices.Count + _letters.Count == 0;

    internal Pile<Tick> Ticks { get; } = new();

    internal Pile<Bar> Bars { get; } = new();

    internal Pile<CurvePoint> Points { get; } = new();

    internal Pile<LatestPrice> Prices { get; } = new();

    internal Pile<byte> Messages { get; } = new();

    internal ReadOnlySpan<(DeadLetter Letter, string Tenant, string Stream, int From, int Length, LetterForm? Form)> Letters =>
        CollectionsMarshal.AsSpan(_letters);

    public void Add(ReadOnlySpan<Tick> ticks) => Ticks.Add(ticks);

    public void Add(ReadOnlySpan<Bar> bars) => Bars.Add(bars);

    public void Add(ReadOnlySpan<CurvePoint> points) => Points.Add(points);

    /// <summary>Changes of latest prices, in the order in which they came.</summary>
    public void Add(ReadOnlySpan<LatestPrice> prices) => Prices.Add(prices);

    /// <summary>A dead letter with its message.</summary>
    /// <param name="letter">What is wrong with it.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="stream">Topic, partition and offset that it came with.</param>
    /// <param name="message">Its bytes.</param>
    /// <param name="form">How they are read again; null where they are by themselves, or cannot be.</param>
    public void Add(DeadLetter letter, string tenant, string stream, ReadOnlySpan<byte> message, LetterForm? form)
    {
        _letters.Add((letter, tenant, stream, Messages.Count, message.Length, form));
        Messages.Add(message);
    }

    /// <summary>A dead letter that is in it, by its place.</summary>
    public LaneLetter LetterAt(int index)
    {
        var (letter, tenant, stream, from, length, form) = _letters[index];
        return new LaneLetter(letter, tenant, stream, Messages.Items.Slice(from, length).ToArray(), form);
    }

    public void Clear()
    {
        Ticks.Clear();
        Bars.Clear();
        Points.Clear();
        Prices.Clear();
        Messages.Clear();
        _letters.Clear();
    }

    public void Dispose()
    {
        Clear();
        Ticks.Dispose();
        Bars.Dispose();
        Points.Dispose();
        Prices.Dispose();
        Messages.Dispose();
    }
}

/// <summary>A dead letter of a partition.</summary>
/// <param name="Letter">What is wrong with it.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Stream">Topic, partition and offset that it came with.</param>
/// <param name="Message">Its bytes.</param>
/// <param name="Form">How they are read again; null where they are by themselves, or cannot be.</param>
public sealed record LaneLetter(DeadLetter Letter, string Tenant, string Stream, byte[] Message, LetterForm? Form);

using Aurum.Market.Ticks;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Normalize;

/// <summary>What normalisation remembers of an instrument between its ticks.</summary>
internal sealed class InstrumentState
{
    private SequenceMark[] _marks = [];

    public InstrumentState(TickInstrument instrument, MarketDialect dialect)
    {
        Instrument = instrument;
        Dialect = dialect;
        MarketUtf8 = System.Text.Encoding.UTF8.GetBytes(instrument.Market);
        CurrencyUtf8 = System.Text.Encoding.UTF8.GetBytes(instrument.Currency);
        UnitUtf8 = System.Text.Encoding.UTF8.GetBytes(instrument.Unit);
    }

    public TickInstrument Instrument { get; }

    public MarketDialect Dialect { get; }

    public byte[] MarketUtf8 { get; }

    public byte[] CurrencyUtf8 { get; }

    public byte[] UnitUtf8 { get; }

    /// <summary>The source of its first tick, which mostly is that of all; -1 before.</summary>
    public int FirstSource { get; private set; } = -1;

    /// <summary>The name of <see cref="FirstSource"/>.</summary>
    public byte[] FirstSourceUtf8 { get; private set; } = [];

    /// <summary>NaN before the first.</summary>
    public double LastPrice { get; set; } = double.NaN;

    public void NoteSource(int source, ReadOnlySpan<byte> name)
    {
        if (FirstSource < 0)
        {
            FirstSource = source;
            FirstSourceUtf8 = name.ToArray();
        }
    }

    /// <summary>Compares a tick's sequence with the highest of its source before it, and remembers it.</summary>
    public QualityFlags Follow(int source, long sequence, long eventMicros)
    {
        if (sequence < 0)
        {
            return QualityFlags.None;
        }

        var at = 0;
        while (at < _marks.Length && _marks[at].Source != source)
        {
            at++;
        }

        if (at == _marks.Length)
        {
            _marks = [.. _marks, new SequenceMark(source, sequence, eventMicros)];
            return QualityFlags.None;
        }

        ref var mark = ref _marks[at];
        if (sequence <= mark.Sequence)
        {
            return sequence == mark.Sequence && eventMicros == mark.EventMicros ? QualityFlags.Duplicate : QualityFlags.OutOfOrder;
        }

        var flags = sequence > mark.Sequence + 1 ? QualityFlags.SequenceGap : QualityFlags.None;
        mark = new SequenceMark(source, sequence, eventMicros);
        return flags;
    }

    public void Save(StateWriter to)
    {
        to.Write(LastPrice);
        to.Write(_marks.Length);
        foreach (ref readonly var mark in _marks.AsSpan())
        {
            to.Write(mark.Source);
            to.Write(mark.Sequence);
            to.Write(mark.EventMicros);
        }
    }

    public void Load(ref StateReader from)
    {
        LastPrice = from.Double();
        _marks = new SequenceMark[from.Count(sizeof(int) + (2 * sizeof(long)))];
        for (var i = 0; i < _marks.Length; i++)
        {
            _marks[i] = new SequenceMark(from.Int32(), from.Int64(), from.Int64());
        }
    }

    private readonly record struct SequenceMark(int Source, long Sequence, long EventMicros);
}

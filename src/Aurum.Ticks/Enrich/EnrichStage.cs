using Aurum.Market.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.Ticks.Enrich;

/// <summary>Ticks in, ticks with taxonomy out. An instrument that the book does not know is flagged, never dropped.</summary>
/// <remarks>What was found is kept per instrument for as long as it holds, and found again with another book.</remarks>
public sealed class EnrichStage : IStage<Tick, Tick>
{
    /// <summary>Answers kept an instrument: by whether a message names a node or hub, and a zone.</summary>
    private const int Forms = 4;

    private readonly TickInstruments _instruments;
    private readonly List<Taxonomy> _taxonomies = [Taxonomy.None];
    private readonly Dictionary<Taxonomy, int> _numbers = new() { [Taxonomy.None] = 0 };
    private volatile InstrumentBook _book;
    private Known[] _known = [];

    public EnrichStage(TickInstruments instruments, InstrumentBook book)
    {
        _instruments = instruments;
        _book = book;
    }

    /// <summary>The book in use. Another one holds from the next batch on; any thread may put it here.</summary>
    public InstrumentBook Book
    {
        get => _book;
        set => _book = value;
    }

    /// <summary>Taxonomies that have numbers.</summary>
    public int Count => _taxonomies.Count;

    /// <summary>What a tick's <see cref="Tick.Classification"/> stands for.</summary>
    public Taxonomy this[int classification] => _taxonomies[classification];

    public void OnBatch(ReadOnlySpan<Tick> items, Batch<Tick> output)
    {
        var book = _book;
        foreach (ref readonly var tick in items)
        {
            var at = (tick.Instrument * Forms) + (tick.HasNodeOrHub ? 1 : 0) + (tick.HasZone ? 2 : 0);
            if (at >= _known.Length || _known[at].Book != book || tick.EventMicros < _known[at].From || tick.EventMicros >= _known[at].To)
            {
                Learn(at, in tick, book);
            }

            ref readonly var known = ref _known[at];
            output.Add(tick with { Classification = known.Classification, Flags = tick.Flags | known.Flags });
        }
    }

    /// <summary>Nothing waits for time here.</summary>
    public void OnWatermark(long watermarkMicros, Batch<Tick> output)
    {
    }

    private void Learn(int at, in Tick tick, InstrumentBook book)
    {
        if (at >= _known.Length)
        {
            Array.Resize(ref _known, Math.Max(at + Forms, _known.Length * 2));
        }

        var instrument = _instruments[tick.Instrument];
        var entry = book.Find(instrument.Tenant, instrument.InstrumentId, tick.EventMicros, out var validity);
        var taxonomy = entry is null
            ? TaxonomyRules.Classify(instrument, tick.HasNodeOrHub, tick.HasZone)
            : new Taxonomy(entry.Commodity, entry.Region, entry.ProductTier, 0.95, "book");
        var flags = (entry is null ? QualityFlags.MissingMetadata : QualityFlags.None)
            | (taxonomy.IsSure ? QualityFlags.None : QualityFlags.LowConfidenceClassification);
        _known[at] = new Known(book, validity.From, validity.To, NumberOf(taxonomy), flags);
    }

    /// <summary>Says that ticks were enriched before.</summary>
    /// <exception cref="InvalidDataException">One has a taxonomy that is not known here.</exception>
    internal void Check(ReadOnlySpan<Tick> ticks)
    {
        foreach (ref readonly var tick in ticks)
        {
            if ((uint)tick.Classification >= (uint)_taxonomies.Count)
            {
                throw new InvalidDataException($"expected a taxonomy below {_taxonomies.Count}, found {tick}");
            }
        }
    }

    /// <summary>Gives a taxonomy the next number.</summary>
    /// <exception cref="InvalidDataException">It has one already.</exception>
    internal void Add(Taxonomy taxonomy)
    {
        if (!_numbers.TryAdd(taxonomy, _taxonomies.Count))
        {
            throw new InvalidDataException($"expected a new taxonomy, found number {_numbers[taxonomy]} again: {taxonomy}");
        }

        _taxonomies.Add(taxonomy);
    }

    private int NumberOf(Taxonomy taxonomy)
    {
        if (!_numbers.TryGetValue(taxonomy, out var number))
        {
            number = _taxonomies.Count;
            Add(taxonomy);
        }

        return number;
    }

    private readonly record struct Known(InstrumentBook Book, long From, long To, int Classification, QualityFlags Flags);
}

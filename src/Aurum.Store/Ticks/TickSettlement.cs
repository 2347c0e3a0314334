using System.Runtime.InteropServices;
using Aurum.Market.Text;
using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>What frames have made, collected until the tables take it in one transaction: begin a frame, add what came out of it, go on
/// with the next one. Its arrays are used again after <see cref="Clear"/>.</summary>
/// <remarks>Indexes of a frame run over its ticks, then its bars, then its curve points. One thread.</remarks>
public sealed class TickSettlement : IDisposable
{
    private readonly List<SettledFrame> _frames = [];
    private readonly Pile<byte> _messages = new();

    /// <summary>By instrument: its place among <see cref="Prices"/> and one more; 0 where it has none.</summary>
    private int[] _priceOf = [];
    private int _lettersOfFrame;

    /// <summary>Number of the first frame; 0 where there is none.</summary>
    public long FirstFrame => _frames.Count > 0 ? _frames[0].Number : 0;

    /// <summary>Number of the last frame; 0 where there is none.</summary>
    public long LastFrame => _frames.Count > 0 ? _frames[^1].Number : 0;

    /// <summary>Ticks in it.</summary>
    public int TickCount => TickPile.Count;

    /// <summary>Dead letters in it.</summary>
    public int LetterCount => Letters.Count;

    /// <summary>Bytes of the messages of its dead letters.</summary>
    public int LetterBytes => _messages.Count;

    /// <summary>Messages up to and with the last frame.</summary>
    internal TickCounters Counters { get; private set; }

    internal Instant KnownAt => EngineTimes.FromMicros(_frames[^1].KnownMicros);

    internal ReadOnlySpan<SettledFrame> Frames => CollectionsMarshal.AsSpan(_frames);

    internal Pile<Tick> TickPile { get; } = new();

    internal Pile<Bar> BarPile { get; } = new();

    internal Pile<CurvePoint> PointPile { get; } = new();

    /// <summary>The last price of each instrument that has one, and its frame by its place among <see cref="Frames"/>.</summary>
    internal Pile<(LatestPrice Price, int Frame)> Prices { get; } = new();

    internal List<(TickToken Id, DeadLetter Letter, string Tenant, string Stream, int From, long KnownMicros, LetterForm? Form)> Letters
    {
        get;
    } = [];

    internal NewNames<TickInstrument> Instruments { get; } = new();

    internal NewNames<string> Sources { get; } = new();

    internal NewNames<Taxonomy> Classifications { get; } = new();

    internal NewNames<TickCurve> Curves { get; } = new();

    internal Dictionary<string, TickStreamRecord> Streams { get; } = [];

    internal List<TickSubmissionRecord> Submissions { get; } = [];

    internal List<(TickToken Letter, long Frame, long KnownMicros)> Redriven { get; } = [];

    /// <summary>Begins a frame; those of a settlement follow each other.</summary>
    /// <param name="number">Number of the frame in the journal.</param>
    /// <param name="committedAt">When it was made, as the frame itself has it, so that a restart finds the same.</param>
    /// <param name="counters">Messages up to and with this frame.</param>
    /// <exception cref="StoreException">It does not follow the frame before: a defect.</exception>
    public void BeginFrame(long number, Instant committedAt, in TickCounters counters)
    {
        if (_frames.Count > 0 && number != LastFrame + 1)
        {
            throw new StoreException($"expected frame {LastFrame + 1} to settle, found {number}");
        }

        var known = EngineTimes.ToMicros(committedAt);
        _frames.Add(new SettledFrame(number, known, TickPile.Count, BarPile.Count, PointPile.Count));
        Counters = counters;
        _lettersOfFrame = 0;
    }

    /// <summary>Adds enriched ticks, without those that were refused.</summary>
    public void Add(ReadOnlySpan<Tick> ticks) => TickPile.Add(ticks);

    public void Add(ReadOnlySpan<Bar> bars) => BarPile.Add(bars);

    public void Add(ReadOnlySpan<CurvePoint> points) => PointPile.Add(points);

    /// <summary>Adds changes of latest prices; the last one of an instrument counts.</summary>
    public void Add(ReadOnlySpan<LatestPrice> prices)
    {
        foreach (ref readonly var price in prices)
        {
            if (price.Instrument >= _priceOf.Length)
            {
                Array.Resize(ref _priceOf, Math.Max(price.Instrument + 1, _priceOf.Length * 2));
            }

            ref var place = ref _priceOf[price.Instrument];
            var entry = (price, _frames.Count - 1);
            if (place > 0)
            {
                Prices.Items[place - 1] = entry;
            }
            else
            {
                Prices.Add([entry]);
                place = Prices.Count;
            }
        }
    }

    /// <summary>Adds a dead letter with its message.</summary>
    /// <param name="letter">What is wrong with it.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="stream">The stream that it came in.</param>
    /// <param name="message">Its bytes.</param>
    /// <param name="form">How they are read again; null where they are by themselves, or cannot be.</param>
    /// <returns>The id that it is stored under.</returns>
    public TickToken Add(DeadLetter letter, string tenant, string stream, ReadOnlySpan<byte> message, LetterForm? form = null)
    {
        var id = new TickToken(LastFrame, _lettersOfFrame++);
        Letters.Add((
            id, Kept(letter), PlainText.Shown(tenant), PlainText.Shown(stream), _messages.Count, _frames[^1].KnownMicros, Kept(form)));
        _messages.Add(message);
        return id;
    }

    /// <summary>Adds names that are new; their numbers are dense and never change.</summary>
    /// <exception cref="StoreException">They do not follow those before: a defect.</exception>
    public void Add(TickNames names)
    {
        Sources.Add("source", names.Sources);
        Instruments.Add("instrument", names.Instruments);
        Classifications.Add("classification", names.Classifications);
        Curves.Add("curve", names.Curves);
    }

    /// <summary>Notes how far a stream was taken in.</summary>
    public void Add(TickCheckpoint checkpoint) =>
        Streams[checkpoint.Stream] = new TickStreamRecord(checkpoint, LastFrame, KnownAt);

    /// <summary>Notes a batch that came with an idempotency key.</summary>
    public void Add(TickBatchKey batch) => Submissions.Add(new TickSubmissionRecord(batch, LastFrame, KnownAt));

    /// <summary>Notes that the frame has what came of sending a dead letter again.</summary>
    public void AddRedriven(TickToken letter) => Redriven.Add((letter, LastFrame, _frames[^1].KnownMicros));

    /// <summary>Forgets all, and keeps the arrays.</summary>
    public void Clear()
    {
        foreach (ref readonly var entry in Prices.Items)
        {
            _priceOf[entry.Price.Instrument] = 0;
        }

        _frames.Clear();
        TickPile.Clear();
        BarPile.Clear();
        PointPile.Clear();
        Prices.Clear();
        Letters.Clear();
        _messages.Clear();
        Instruments.Clear();
        Sources.Clear();
        Classifications.Clear();
        Curves.Clear();
        Streams.Clear();
        Submissions.Clear();
        Redriven.Clear();
    }

    public void Dispose()
    {
        Clear();
        TickPile.Dispose();
        BarPile.Dispose();
        PointPile.Dispose();
        Prices.Dispose();
        _messages.Dispose();
    }

    /// <summary>Ticks of a frame, by its place among <see cref="Frames"/>.</summary>
    internal int TicksOf(int frame) => (frame + 1 < _frames.Count ? _frames[frame + 1].Ticks : TickPile.Count) - _frames[frame].Ticks;

    /// <summary>Bars of a frame.</summary>
    internal int BarsOf(int frame) => (frame + 1 < _frames.Count ? _frames[frame + 1].Bars : BarPile.Count) - _frames[frame].Bars;

    /// <summary>The message of a dead letter, by its place among <see cref="Letters"/>.</summary>
    internal ReadOnlySpan<byte> MessageOf(int letter)
    {
        var from = Letters[letter].From;
        return _messages.Items[from..(letter + 1 < Letters.Count ? Letters[letter + 1].From : _messages.Count)];
    }

    /// <summary>A letter with texts that every store takes. Its bytes are as they came.</summary>
    private static DeadLetter Kept(DeadLetter letter) => letter with
    {
        Field = PlainText.Shown(letter.Field), Expected = PlainText.Shown(letter.Expected), Found = PlainText.Shown(letter.Found),
    };

    /// <summary>The same for its form. The frame's memory is used again.</summary>
    private static LetterForm? Kept(LetterForm? form) => form is null ? null : form with
    {
        Market = PlainText.Shown(form.Market), Source = PlainText.Shown(form.Source), Prelude = form.Prelude.ToArray(),
    };
}

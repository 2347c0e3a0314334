using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.Tests.Store.Ticks;

/// <summary>Settlements to test with: frame n was made n seconds after <see cref="Start"/>.</summary>
internal sealed class TickFrames
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 15, 0);

    private long _frame;
    private TickCounters _totals;

    public TickSettlement Settlement { get; } = new();

    public static long Micros(int seconds) => (Start.ToUnixTimeTicks() / 10) + (seconds * 1_000_000L);

    public static Instant KnownAt(long frame) => Start + Duration.FromSeconds(frame);

    public static TickInstrument Instrument(int number, string name, string tenant = "acme", int month = 0) =>
        new(number, tenant, name, "CAISO", name, month, "USD", "MWh");

    public static Tick Tick(int instrument, int seconds, double price, QualityFlags flags = QualityFlags.None, double volume = 5) => new()
    {
        Instrument = instrument,
        Source = 0,
        EventMicros = Micros(seconds),
        IngestedMicros = Micros(seconds + 1),
        Sequence = seconds % 2 == 0 ? seconds : -1,
        Key = (ulong)((seconds * 1000L) + instrument) | (1UL << 63),
        Price = price,
        Volume = volume,
        Bid = double.NaN,
        Ask = price + 1,
        Flags = flags,
        Classification = 1,
    };

    public static Bar Bar(
        int instrument, int startMinutes, double price, int revision = 0, BarInterval interval = BarInterval.OneMinute) => new()
    {
        Instrument = instrument,
        Interval = interval,
        StartMicros = Micros(startMinutes * 60),
        EndMicros = Micros((startMinutes + 1) * 60),
        Open = price,
        High = price + 2,
        Low = price - 2,
        Close = price + 1,
        Volume = 0,
        Vwap = double.NaN,
        Twap = price + 0.5,
        Count = 7,
        Revision = revision,
        Marks = startMinutes == 0 ? BarMarks.PartialStart : BarMarks.None,
    };

    public static LatestPrice Price(int instrument, int seconds, double price) =>
        new(instrument, Micros(seconds), -1, 9, price, double.NaN, 1, 2, 0, QualityFlags.LateArrival);

    /// <summary>New instruments from a number on, and no other names.</summary>
    public static TickNames Names(int first, params IReadOnlyList<TickInstrument> instruments) =>
        new(new(0, []), new(0, []), new(first, instruments), new(0, []), new(0, []));

    /// <summary>Begins the next frame: so many accepted messages, and so many dead letters.</summary>
    public TickFrames Begin(int accepted = 0, int dead = 0, int duplicates = 0)
    {
        _totals = new TickCounters(
            _totals.Received + accepted + dead + duplicates, _totals.Accepted + accepted, _totals.Duplicate + duplicates,
            _totals.LateAmended, _totals.DeadLettered + dead);
        Settlement.BeginFrame(++_frame, KnownAt(_frame), _totals);
        return this;
    }

    /// <summary>The first frame: three instruments, a source, two classifications, and five ticks.</summary>
    public TickFrames First()
    {
        Begin(accepted: 5);
        Settlement.Add(Names(0, Instrument(0, "NP15"), Instrument(1, "SP15"), Instrument(2, "NP15", "other")));
        Settlement.Add(
            Names(0) with
            {
                Sources = new(0, ["caiso-oasis"]),
                Classifications = new(0, [Taxonomy.None, new("electricity", "west", "standard", 0.9, "rules")]),
                Curves = new(0, [new("acme", "ICE.NP15")]),
            });
        Settlement.Add(
            [
                Tick(0, 10, 30), Tick(1, 11, -4, QualityFlags.PriceNegative | QualityFlags.MissingVolume, double.NaN), Tick(2, 12, 99),
                Tick(0, 8, 31), Tick(0, 70, 32),
            ]);
        Settlement.Add([Price(0, 10, 30), Price(1, 11, -4), Price(2, 12, 99), Price(0, 70, 32)]);
        return this;
    }
}

using Aurum.Market.Ticks;
using Aurum.Store;
using Aurum.Store.DuckDb;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.Benchmarks.Ticks;

/// <summary>Settles ticks with their bars and latest prices into the tables: 250,000 ticks of 500 instruments in 25 frames, committed in
/// one transaction.</summary>
/// <remarks>Budget: at least 1.5 M ticks a CPU-second; what is allocated hangs on the settlement, not on its ticks. The baseline inserts
/// the same columns of ticks one prepared statement a row, in one transaction.</remarks>
public sealed class TickSettling : IBenchmark
{
    private const int Ticks = 250_000;
    private const int Instruments = 500;
    private const int Frames = 25;
    private const int BaselineShare = 100;
    private const long FirstMicros = 1_772_463_600_000_000;

    public string Name => "ticks-settle";

    public string Title => "Ticks with their bars settled into the tables";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) => BenchFolder.Use(folder => Run(options, folder));

    private IReadOnlyList<BenchResult> Run(BenchOptions options, string folder)
    {
        using var store = AurumStore.Open(new StoreOptions(Path.Combine(folder, "store")), [], new FixedClock());
        using var database = DuckDbDatabase.Open(Path.Combine(folder, "baseline.duckdb"));
        using var connection = database.Connect();
        connection.Execute(
            """
            CREATE TABLE ticks (
              frame BIGINT, index INTEGER, instrument INTEGER, source INTEGER, event_time TIMESTAMPTZ, ingested_at TIMESTAMPTZ,
              sequence BIGINT, price DOUBLE, volume DOUBLE, bid DOUBLE, ask DOUBLE, flags INTEGER, classification INTEGER, key BIGINT,
              known_at TIMESTAMPTZ)
            """);
        var ticks = new Tick[options.Scaled(Ticks)];
        Fill(ticks);
        using var settlement = new TickSettlement();
        Settle(store, settlement, ticks);
        var few = Math.Max(1, ticks.Length / BaselineShare);
        var measured = Race.Run(
            options,
            new Contestant("Aurum", () => Settle(store, settlement, ticks)),
            new Contestant("one INSERT a tick", () => Insert(connection, ticks.AsSpan(0, few))));
        return
        [
            BenchResult.OfRates(
                Name,
                "ticks",
                measured[0],
                measured[1],
                FormattableString.Invariant($"{ticks.Length:N0} ticks a settlement, a bar for each 25th, {Instruments} latest prices")),
        ];
    }

    /// <summary>Settles the ticks as the frames behind those that the store has.</summary>
    private static long Settle(AurumStore store, TickSettlement settlement, ReadOnlySpan<Tick> ticks)
    {
        settlement.Clear();
        var counters = store.Ticks.Progress.Counters;
        var first = store.Ticks.SettledFrame + 1;
        Span<Bar> bars = stackalloc Bar[1];
        Span<LatestPrice> prices = stackalloc LatestPrice[1];
        for (var frame = 0; frame < Frames; frame++)
        {
            var part = ticks[(int)((long)ticks.Length * frame / Frames)..(int)((long)ticks.Length * (frame + 1) / Frames)];
            counters = counters with { Received = counters.Received + part.Length, Accepted = counters.Accepted + part.Length };
            settlement.BeginFrame(first + frame, Instant.FromUnixTimeTicks((FirstMicros + first + frame) * 10), counters);
            settlement.Add(first + frame == 1 ? Names() : None);
            settlement.Add(part);
            for (var i = 0; i < part.Length; i += 25)
            {
                bars[0] = BarOf(in part[i]);
                settlement.Add(bars);
            }

            foreach (ref readonly var tick in part)
            {
                prices[0] = PriceOf(in tick);
                settlement.Add(prices);
            }
        }

        store.Ticks.Settle(settlement);
        return ticks.Length;
    }

    private static TickNames None { get; } = new(new(0, []), new(0, []), new(0, []), new(0, []), new(0, []));

    private static TickNames Names() => None with
    {
        Sources = new(0, ["bench"]),
        Classifications = new(0, [Taxonomy.None]),
        Instruments = new(
            0,
            [
                .. Enumerable.Range(0, Instruments)
                    .Select(static n => new TickInstrument(n, "bench", $"HUB_{n:D4}", "CAISO", $"HUB_{n:D4}", 0, "USD", "MWh")),
            ]),
    };

    private static void Fill(Span<Tick> ticks)
    {
        for (var i = 0; i < ticks.Length; i++)
        {
            var instrument = (int)(i * 7919L % Instruments);
            var price = 30 + (instrument * 0.05) + (i % 97 * 0.01);
            ticks[i] = new Tick
            {
                Instrument = instrument,
                Source = 0,
                EventMicros = FirstMicros + (i * 1_000L),
                IngestedMicros = FirstMicros + (i * 1_000L) + 250_000,
                Sequence = i / Instruments,
                Key = (ulong)i * 0x9E3779B97F4A7C15,
                Price = price,
                Volume = 1 + (i % 50),
                Bid = i % 4 == 0 ? double.NaN : price - 0.05,
                Ask = i % 4 == 0 ? double.NaN : price + 0.05,
                Flags = i % 20 == 0 ? QualityFlags.LateArrival : QualityFlags.None,
            };
        }
    }

    private static Bar BarOf(in Tick tick) => new()
    {
        Instrument = tick.Instrument,
        Interval = BarInterval.OneMinute,
        StartMicros = BarIntervals.Floor(tick.EventMicros, BarIntervals.MicrosPerMinute),
        EndMicros = BarIntervals.Floor(tick.EventMicros, BarIntervals.MicrosPerMinute) + BarIntervals.MicrosPerMinute,
        Open = tick.Price,
        High = tick.Price,
        Low = tick.Price,
        Close = tick.Price,
        Volume = tick.Volume,
        Vwap = tick.Price,
        Twap = tick.Price,
        Count = 25,
        Revision = 0,
        Marks = BarMarks.None,
    };

    private static LatestPrice PriceOf(in Tick tick) => new(
        tick.Instrument, tick.EventMicros, tick.Sequence, tick.Key, tick.Price, tick.Volume, tick.Bid, tick.Ask, tick.Source, tick.Flags);

    private static long Insert(DuckDbConnection connection, ReadOnlySpan<Tick> ticks)
    {
        connection.Execute("BEGIN TRANSACTION");
        using (var insert = connection.Prepare(
            "INSERT INTO ticks VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"))
        {
            var index = 0;
            foreach (ref readonly var tick in ticks)
            {
                var at = Instant.FromUnixTimeTicks(tick.EventMicros * 10);
                insert.Bind(1L).Bind(index++).Bind(tick.Instrument).Bind(tick.Source).Bind(at).Bind(at).Bind(tick.Sequence)
                    .Bind(tick.Price).Bind(tick.Volume).Bind(tick.Bid).Bind(tick.Ask).Bind((int)tick.Flags).Bind(tick.Classification)
                    .Bind((long)tick.Key).Bind(at)
                    .Run();
            }
        }

        connection.Execute("COMMIT");
        return ticks.Length;
    }

    private sealed class FixedClock : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromUtc(2026, 3, 2, 15, 0);
    }
}

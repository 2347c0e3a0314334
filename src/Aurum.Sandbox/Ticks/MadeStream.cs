using Aurum.Market.Ticks;

namespace Aurum.Sandbox.Ticks;

/// <summary>A made-up stream of real-time prices whose truth is known: prices walk by chance, to the cent.</summary>
/// <remarks>Same options, same stream. Messages come in the order in which they are sent: by event time and a delay of up to the
/// disorder.</remarks>
public sealed class MadeStream
{
    private const long MicrosPerSecond = 1_000_000;
    private const long HistoricalStepMicros = 300 * MicrosPerSecond;
    private const long HighVolumeStepMicros = 10;
    private const int BrokenEvery = 3;
    private const int MostCents = 25;

    private readonly MadeStreamOptions _options;
    private readonly Random _random;

    /// <summary>Chance of the way, so that the ticks are the same however they come.</summary>
    private readonly Random _way;

    /// <summary>Chance of bids and asks, so that prices are the same without.</summary>
    private readonly Random _quotes;
    private readonly double[] _prices;
    private readonly long[] _sequences;
    private readonly long _startMicros;

    /// <exception cref="ArgumentOutOfRangeException">No instruments, or more than a million; shares beyond 0 to 1.</exception>
    public MadeStream(MadeStreamOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Instruments, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Instruments, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Duplicates);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Duplicates, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.DisorderSeconds);
        _options = options;
        _random = new Random(unchecked((int)(options.Seed ^ (options.Seed >> 32))));
        _way = new Random(unchecked((int)(options.Seed * 31)));
        _quotes = new Random(unchecked((int)(options.Seed * 37)));
        _prices = [.. Enumerable.Range(0, options.Instruments).Select(_ => Math.Round(20 + (60 * _random.NextDouble()), 2))];
        _sequences = new long[options.Instruments];
        _startMicros = options.Start.ToUnixTimeTicks() / 10;
        Instruments = [.. Enumerable.Range(0, options.Instruments).Select(MadeInstrument.Of)];
    }

    public IReadOnlyList<MadeInstrument> Instruments { get; }

    /// <summary>The messages, once.</summary>
    public IEnumerable<MadeTick> Read()
    {
        var disorder = (long)(_options.DisorderSeconds * MicrosPerSecond);
        var waiting = new PriorityQueue<MadeTick, (long Sent, long Order)>();
        long order = 0;
        for (long number = 0; order < _options.Count; number++)
        {
            var tick = Make(number);
            var sent = tick.EventMicros + (disorder > 0 ? _way.NextInt64(disorder) : 0);
            waiting.Enqueue(tick, (sent, order++));
            if (order < _options.Count && _options.Duplicates > 0 && _way.NextDouble() < _options.Duplicates)
            {
                waiting.Enqueue(tick with { Outcome = Again(tick) }, (sent, order++));
            }

            while (waiting.TryPeek(out _, out var first) && first.Sent <= tick.EventMicros)
            {
                yield return waiting.Dequeue();
            }
        }

        while (waiting.TryDequeue(out var tick, out _))
        {
            yield return tick;
        }
    }

    /// <summary>What is broken once is broken twice.</summary>
    private static TickOutcome Again(MadeTick tick) => tick.Defect is null ? TickOutcome.Duplicate : tick.Outcome;

    private long Step(long usual) => _options.StepMicros > 0 ? _options.StepMicros : usual;

    /// <summary>A price a few cents below or above another.</summary>
    private double Quote(double price, int side) =>
        _options.HasQuotes ? Math.Round(price + (side * _quotes.Next(1, MostCents + 1) / 100.0), 2) : double.NaN;

    private MadeTick Make(long number)
    {
        var instrument = _options.Mode == TickMode.HighVolume
            ? _random.Next(_options.Instruments)
            : (int)(number % _options.Instruments);
        var micros = _startMicros + _options.Mode switch
        {
            TickMode.Historical => number / _options.Instruments * HistoricalStepMicros,
            TickMode.HighVolume => number * Step(HighVolumeStepMicros),
            _ => number * Step(MicrosPerSecond),
        };
        _prices[instrument] = Math.Round(_prices[instrument] + _random.NextDouble() - 0.5, 2);
        var defect = _options.Mode == TickMode.Malformed && number % BrokenEvery == BrokenEvery - 1
            ? TickDefect.All[(int)(number / BrokenEvery % TickDefect.All.Count)]
            : null;
        return new MadeTick(
            number,
            instrument,
            micros,
            micros + 100_000 + _random.Next(1_000_000),
            defect is null ? _sequences[instrument]++ : _sequences[instrument],
            _prices[instrument],
            _random.Next(1, 500),
            Quote(_prices[instrument], -1),
            Quote(_prices[instrument], 1),
            defect is null ? TickOutcome.Accepted : TickOutcome.DeadLettered,
            defect);
    }
}

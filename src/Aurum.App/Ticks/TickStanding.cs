using System.Diagnostics;
using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>What was committed, counted; checked frame by frame. One writer, any number of readers.</summary>
internal sealed class TickStanding
{
    private const int RateSeconds = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<DeadLetterReason, long> _letters = [];
    private readonly Queue<(long At, long Received)> _samples = new();
    private TickCounters _counters;
    private long _lastSample;

    public TickCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return _counters;
            }
        }
    }

    public IReadOnlyDictionary<DeadLetterReason, long> Letters
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<DeadLetterReason, long>(_letters);
            }
        }
    }

    /// <summary>Messages a second, mean of the last seconds.</summary>
    public double MessagesPerSecond
    {
        get
        {
            lock (_gate)
            {
                if (!_samples.TryPeek(out var first))
                {
                    return 0;
                }

                var seconds = Stopwatch.GetElapsedTime(first.At).TotalSeconds;
                return seconds > RateSeconds * 2 ? 0 : (_counters.Received - first.Received) / Math.Max(seconds, 1);
            }
        }
    }

    /// <summary>The newest event time, and when that of the last frame was taken in by its connector; the least value before the
    /// first tick.</summary>
    public (long EventMicros, long IngestedMicros) Newest { get; private set; } = (long.MinValue, long.MinValue);

    /// <summary>When the last frame with ticks was made, microseconds since 1970 UTC.</summary>
    public long MadeMicros { get; private set; } = long.MinValue;

    /// <summary>Event time before which bars are closed.</summary>
    public long WatermarkMicros { get; private set; } = long.MinValue;

    /// <summary>Begins with the counters of before.</summary>
    public void Start(in TickCounters counters, long watermarkMicros)
    {
        lock (_gate)
        {
            _counters = counters;
            WatermarkMicros = watermarkMicros;
        }
    }

    /// <summary>Counts a committed frame.</summary>
    /// <exception cref="TickDefectException">What went in is not what came out.</exception>
    public void Add(OpenFrame frame)
    {
        lock (_gate)
        {
            var (then, now) = (_counters, frame.Counters);
            if (!now.IsBalanced
                || now.Received - then.Received != frame.Messages
                || now.Accepted + now.LateAmended - then.Accepted - then.LateAmended != frame.Output.Ticks.Count
                || now.DeadLettered - then.DeadLettered != frame.Letters.Count)
            {
                throw new TickDefectException(
                    $"frame {frame.Number}: {frame.Messages} messages gave {frame.Output.Ticks.Count} ticks and {frame.Letters.Count} dead "
                    + $"letters, but were counted from {then} to {now}");
            }

            _counters = now;
            foreach (var letter in frame.Letters)
            {
                _letters[letter.Letter.Reason] = _letters.GetValueOrDefault(letter.Letter.Reason) + 1;
            }

            if (frame.Newest.EventMicros != long.MinValue)
            {
                Newest = (Math.Max(Newest.EventMicros, frame.Newest.EventMicros), frame.Newest.IngestedMicros);
                MadeMicros = frame.MadeAt.ToUnixTimeTicks() / 10;
            }

            WatermarkMicros = frame.WatermarkMicros;
            Sample(then.Received);
        }
    }

    private void Sample(long received)
    {
        var at = Stopwatch.GetTimestamp();
        while (_samples.TryPeek(out var first) && Stopwatch.GetElapsedTime(first.At, at).TotalSeconds > RateSeconds)
        {
            _samples.Dequeue();
        }

        if (_samples.Count == 0 || Stopwatch.GetElapsedTime(_lastSample, at).TotalSeconds >= 1)
        {
            _samples.Enqueue((at, received));
            _lastSample = at;
        }
    }
}

/// <summary>A message was lost or counted twice: a defect of the program, which stops the tick service.</summary>
internal sealed class TickDefectException(string message) : Exception(message);

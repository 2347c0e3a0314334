using Aurum.Market.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Forward;
using Aurum.Ticks.Normalize;
using Aurum.Ticks.Project;

namespace Aurum.Ticks;

/// <summary>The four stages, one after the other: bytes in, outcomes out. No thread, no clock, no store; same bytes, same outcomes,
/// however the bytes are cut.</summary>
/// <remarks>After each call of <see cref="OnBytes"/> every message it took is accounted for; a message that is not is a defect, and
/// stops it.</remarks>
public sealed class TickPipeline : IDisposable
{
    private readonly int _batchMessages;
    private readonly Batch<Tick> _normalized = new();
    private long _deadLettered;

    /// <exception cref="ArgumentOutOfRangeException">A limit out of its range.</exception>
    public TickPipeline(TickPipelineOptions options, InstrumentBook book)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchMessages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BatchMessages, 65_536);
        _batchMessages = options.BatchMessages;
        Normalize = new NormalizeStage(options.Normalize);
        Enrich = new EnrichStage(Normalize.Instruments, book);
        Aggregate = new AggregateStage(Normalize.Instruments, options.Aggregate);
        Curves = new CurveStage(Normalize.Instruments);
        Project = new ProjectStage(Normalize.Instruments);
    }

    public NormalizeStage Normalize { get; }

    public EnrichStage Enrich { get; }

    public AggregateStage Aggregate { get; }

    public CurveStage Curves { get; }

    public ProjectStage Project { get; }

    /// <summary>What numbers of instruments stand for.</summary>
    public TickInstruments Instruments => Normalize.Instruments;

    /// <summary>What came out; the caller clears it when it is stored.</summary>
    public TickOutput Output { get; } = new();

    public TickCounters Counters =>
        new(Normalize.Messages, Aggregate.Accepted, Normalize.Duplicates, Aggregate.LateAmended, _deadLettered);

    /// <summary>Takes all whole messages of the bytes.</summary>
    /// <param name="bytes">The stream's next bytes: what was left over before, and more.</param>
    /// <param name="position">Place of the first of them in the stream.</param>
    /// <param name="isEnd">Whether nothing follows.</param>
    /// <returns>Bytes taken; the others are to be given again, with more behind them.</returns>
    /// <exception cref="InvalidOperationException">A message was lost or counted twice: a defect.</exception>
    public int OnBytes(ReadOnlySpan<byte> bytes, long position, bool isEnd)
    {
        var used = 0;
        while (used < bytes.Length)
        {
            var dead = Output.DeadLetters.Count;
            var taken = Normalize.OnBytes(
                bytes[used..], position + used, isEnd, _batchMessages, _normalized, Output.DeadLetters);
            _deadLettered += Output.DeadLetters.Count - dead;
            if (taken == 0)
            {
                break;
            }

            OnTicks();
            used += taken;
        }

        return Counters.IsBalanced
            ? used
            : throw new InvalidOperationException($"messages in and out differ: {Counters}");
    }

    /// <summary>Nothing that happened before is expected any more: closes what that completes. For quiet streams; a runner that reads
    /// history must not vouch for the present.</summary>
    public void OnWatermark(long watermarkMicros) => Aggregate.OnWatermark(watermarkMicros, Output.Bars);

    /// <summary>The input has ended: bars of open windows come out as partial.</summary>
    public void Complete() => Aggregate.Complete(Output.Bars);

    public void Dispose()
    {
        _normalized.Dispose();
        Output.Dispose();
    }

    private void OnTicks()
    {
        var from = Output.Ticks.Count;
        Enrich.OnBatch(_normalized.Items, Output.Ticks);
        _normalized.Clear();
        Aggregate.OnBatch(Output.Ticks.Items[from..], Output.Bars);
        if (Aggregate.Refused.Count > 0)
        {
            Refuse(from);
        }

        Curves.OnBatch(Output.Ticks.Items[from..], Output.CurvePoints);
        Project.OnBatch(Output.Ticks.Items[from..], Output.Prices);
    }

    /// <summary>Turns refused ticks into dead letters.</summary>
    private void Refuse(int from)
    {
        var ticks = Output.Ticks.Items[from..];
        var kept = 0;
        var next = 0;
        for (var i = 0; i < ticks.Length; i++)
        {
            if (next < Aggregate.Refused.Count && Aggregate.Refused.Items[next].Index == i)
            {
                Output.DeadLetters.Add(LetterOf(in ticks[i], Aggregate.Refused.Items[next].Reason));
                _deadLettered++;
                next++;
            }
            else
            {
                ticks[kept++] = ticks[i];
            }
        }

        Output.Ticks.Truncate(from + kept);
    }

    private DeadLetter LetterOf(in Tick tick, DeadLetterReason reason)
    {
        var behind = (Aggregate.WatermarkMicros - tick.EventMicros) / BarIntervals.MicrosPerSecond;
        var (expected, found) = reason == DeadLetterReason.TooLate
            ? ("a time within the allowed lateness", $"{behind} s behind the watermark")
            : ("fewer open windows", $"{Aggregate.Windows} windows");
        return new DeadLetter(reason, "occurred_at", expected, found, tick.Position, tick.Length);
    }
}

using System.Buffers;
using Aurum.Market.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Forward;
using Aurum.Ticks.Normalize;
using Aurum.Ticks.Project;
using Aurum.Ticks.State;

namespace Aurum.Ticks;

/// <summary>The four stages, one after the other: bytes in, outcomes out. No thread, no clock, no store; same bytes, same outcomes,
/// however the bytes are cut.</summary>
/// <remarks>
/// <para>After each call of <see cref="OnBytes"/> every message it took is accounted for; a message that is not is a defect, and
/// stops it.</para>
/// <para>To go on after a stop: <see cref="Load"/> what <see cref="Save"/> wrote, then <see cref="AddNames"/> and
/// <see cref="OnStored"/> what <see cref="TakeNewNames"/> and <see cref="Normalized"/> gave since.</para>
/// </remarks>
public sealed class TickPipeline : IDisposable
{
    private readonly int _batchMessages;
    private readonly Batch<Tick> _batch = new();
    private readonly NewNames _names = new();
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

    /// <summary>All ticks since <see cref="Output"/> was cleared in the order in which they came, those refused later on among them: with
    /// these, <see cref="OnStored"/> does again what <see cref="OnBytes"/> did. They have their taxonomy, so that the book of that time
    /// is not needed.</summary>
    public Batch<Tick> Normalized => Output.Normalized;

    public TickCounters Counters =>
        new(Normalize.Messages, Aggregate.Accepted, Normalize.Duplicates, Aggregate.LateAmended, _deadLettered);

    /// <summary>A stream of bytes from its beginning. Any number may be open; they share instruments, event ids and bars.</summary>
    public TickStream Open(TickStreamOptions options) => Normalize.Open(options);

    /// <summary>Takes all whole messages of the bytes.</summary>
    /// <param name="stream">The stream, see <see cref="Open"/>.</param>
    /// <param name="bytes">The stream's next bytes: what was left over before, and more.</param>
    /// <param name="position">Place of the first of them in the stream.</param>
    /// <param name="isEnd">Whether nothing follows.</param>
    /// <returns>Bytes taken; the others are to be given again, with more behind them.</returns>
    /// <exception cref="InvalidOperationException">A message was lost or counted twice: a defect.</exception>
    public int OnBytes(TickStream stream, ReadOnlySpan<byte> bytes, long position, bool isEnd)
    {
        var used = 0;
        while (used < bytes.Length)
        {
            var dead = Output.DeadLetters.Count;
            var taken = Normalize.OnBytes(
                stream, bytes[used..], position + used, isEnd, _batchMessages, _batch, Output.DeadLetters);
            _deadLettered += Output.DeadLetters.Count - dead;
            if (taken == 0)
            {
                break;
            }

            var from = Output.Ticks.Count;
            Enrich.OnBatch(_batch.Items, Output.Ticks);
            _batch.Clear();
            Normalized.Add(Output.Ticks.Items[from..]);
            OnEnriched(from);
            used += taken;
        }

        return Counters.IsBalanced
            ? used
            : throw new InvalidOperationException($"messages in and out differ: {Counters}");
    }

    /// <summary>Does again what <see cref="OnBytes"/> did when it gave these ticks, under the same options: same ticks, bars, revisions,
    /// prices and points. Dead letters are not given again, and nothing is kept in <see cref="Normalized"/>.</summary>
    /// <param name="normalized">What <see cref="Normalized"/> was; their names are there already.</param>
    /// <param name="after">What <see cref="Counters"/> were then.</param>
    /// <exception cref="InvalidDataException">The ticks do not follow what came before, or come to other counters. The pipeline is of no
    /// use any more.</exception>
    public void OnStored(ReadOnlySpan<Tick> normalized, in TickCounters after)
    {
        while (!normalized.IsEmpty)
        {
            var taken = Normalize.Recall(normalized[..Math.Min(normalized.Length, _batchMessages)]);
            var from = Output.Ticks.Count;
            var dead = Output.DeadLetters.Count;
            Output.Ticks.Add(normalized[..taken]);
            Enrich.Check(Output.Ticks.Items[from..]);
            OnEnriched(from);
            Output.DeadLetters.Truncate(dead);
            normalized = normalized[taken..];
        }

        Normalize.Recount(after.Received, after.Duplicate);
        _deadLettered = after.DeadLettered;
        if (Counters != after || !after.IsBalanced)
        {
            throw new InvalidDataException($"expected to come to {after}, found {Counters}");
        }
    }

    /// <summary>Names whose numbers came up since this was last called.</summary>
    public TickNames TakeNewNames() => _names.Take(this);

    /// <summary>All names that have numbers.</summary>
    public TickNames AllNames => new NewNames().Take(this);

    /// <summary>Takes over names that another pipeline, or this one before it stopped, gave numbers. They are not new here.</summary>
    /// <exception cref="InvalidDataException">The numbers do not follow those that are there.</exception>
    public void AddNames(TickNames names) => _names.Add(this, names);

    /// <summary>Writes all that the stages remember, so that another pipeline goes on as this one would. <see cref="Output"/> is no part
    /// of it.</summary>
    public void Save(IBufferWriter<byte> to)
    {
        using var state = new StateWriter();
        _names.Save(state, this);
        state.Write(_deadLettered);
        Normalize.Save(state);
        Aggregate.Save(state);
        Curves.Save(state);
        Project.Save(state);
        StateEnvelope.Write(to, state.Span);
    }

    /// <summary>A pipeline that goes on where the one that was saved stood.</summary>
    /// <param name="options">Limits and delays; they may be others than those of the one that was saved.</param>
    /// <param name="book">What is known of instruments.</param>
    /// <param name="state">What <see cref="Save"/> wrote.</param>
    /// <param name="isPart">Whether only some of its stages are used, so that its own counters do not add up.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another version.</exception>
    public static TickPipeline Load(TickPipelineOptions options, InstrumentBook book, ReadOnlySpan<byte> state, bool isPart = false)
    {
        var pipeline = new TickPipeline(options, book);
        try
        {
            var from = new StateReader(StateEnvelope.Read(state), "saved state");
            pipeline._names.Load(ref from, pipeline);
            pipeline._deadLettered = from.Int64();
            pipeline.Normalize.Load(ref from);
            pipeline.Aggregate.Load(ref from);
            pipeline.Curves.Load(ref from);
            pipeline.Project.Load(ref from);
            from.End();
            return isPart || pipeline.Counters.IsBalanced ? pipeline : throw from.Wrong("counters that add up", pipeline.Counters);
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    /// <summary>Nothing that happened before is expected any more: closes what that completes. For quiet streams; a runner that reads
    /// history must not vouch for the present.</summary>
    public void OnWatermark(long watermarkMicros) => Aggregate.OnWatermark(watermarkMicros, Output.Bars);

    /// <summary>The input has ended: bars of open windows come out as partial.</summary>
    public void Complete() => Aggregate.Complete(Output.Bars);

    public void Dispose()
    {
        _batch.Dispose();
        Output.Dispose();
    }

    /// <summary>Gives ticks that came out of enrichment to the stages behind it.</summary>
    private void OnEnriched(int from)
    {
        Aggregate.OnBatch(Output.Ticks.Items[from..], Output.Bars);
        if (Aggregate.Refused.Count > 0)
        {
            Refuse(from);
        }

        Curves.OnBatch(Output.Ticks.Items[from..], Output.CurvePoints);
        Project.OnBatch(Output.Ticks.Items[from..], Output.Prices);
    }

    /// <summary>Turns refused ticks into dead letters, which can be sent again.</summary>
    private void Refuse(int from)
    {
        var ticks = Output.Ticks.Items[from..];
        var kept = 0;
        var next = 0;
        for (var i = 0; i < ticks.Length; i++)
        {
            if (next < Aggregate.Refused.Count && Aggregate.Refused.Items[next].Index == i)
            {
                var (_, reason, watermark) = Aggregate.Refused.Items[next];
                Output.DeadLetters.Add(LetterOf(in ticks[i], reason, watermark));
                _deadLettered++;
                Normalize.Forget(in ticks[i]);
                next++;
            }
            else
            {
                ticks[kept++] = ticks[i];
            }
        }

        Output.Ticks.Truncate(from + kept);
    }

    /// <summary>What is said of a tick that <see cref="Aggregate"/> has refused.</summary>
    public DeadLetter LetterOf(in Tick tick, DeadLetterReason reason, long watermarkMicros)
    {
        var behind = (watermarkMicros - tick.EventMicros) / BarIntervals.MicrosPerSecond;
        var (expected, found) = reason == DeadLetterReason.TooLate
            ? ("a time within the allowed lateness", $"{behind} s behind the watermark")
            : ($"at most {Aggregate.MaxWindows} open windows", "one that needs more");
        return new DeadLetter(reason, "occurred_at", expected, found, tick.Position, tick.Length);
    }
}

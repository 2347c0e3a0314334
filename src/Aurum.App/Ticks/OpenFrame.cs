using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Frames;
using NodaTime;

namespace Aurum.App.Ticks;

/// <summary>A frame of the journal on its way: filled by the pipeline's thread, then written and answered by the journal's. Its
/// arrays are used again.</summary>
internal sealed class OpenFrame : IDisposable
{
    private readonly TickFrameWriter _writer = new();
    private ReadOnlyMemory<byte> _bytes;

    /// <summary>What came out of the pipeline.</summary>
    public TickOutput Output { get; } = new();

    public List<TickFrameLetter> Letters { get; } = [];

    /// <summary>Bytes of their messages.</summary>
    public long LetterBytes { get; private set; }

    public List<TickCheckpoint> Checkpoints { get; } = [];

    public List<TickBatchKey> Keys { get; } = [];

    /// <summary>Dead letters that were sent again in it.</summary>
    public List<TickToken> Redriven { get; } = [];

    /// <summary>Work that is answered when the frame is on disk.</summary>
    public List<TickWork> Answers { get; } = [];

    /// <summary>Names that are new in it.</summary>
    public TickNames Names { get; private set; } = null!;

    public TickCounters Counters { get; private set; }

    /// <summary>When it was closed.</summary>
    public Instant MadeAt { get; private set; }

    /// <summary>Its number in the journal.</summary>
    public long Number { get; set; }

    /// <summary>The newest event and ingestion time of its ticks; the least value where it has none.</summary>
    public (long EventMicros, long IngestedMicros) Newest { get; private set; }

    /// <summary>Event time before which bars are closed.</summary>
    public long WatermarkMicros { get; private set; }

    public long? VouchedMicros { get; set; }

    public bool IsComplete { get; set; }

    /// <summary>The state behind it, where a new segment is to begin; else null.</summary>
    public byte[]? Snapshot { get; set; }

    /// <summary>Messages that are answered with it or with a later one.</summary>
    public long Messages { get; set; }

    public bool IsEmpty => Answers.Count == 0 && Messages == 0;

    /// <summary>What is written.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Takes what came out of the pipeline since the last frame, and becomes bytes.</summary>
    public void Close(TickPipeline pipeline, Instant now)
    {
        Names = pipeline.TakeNewNames();
        Counters = pipeline.Counters;
        WatermarkMicros = pipeline.Aggregate.WatermarkMicros;
        MadeAt = now;
        Encode(pipeline);
        var output = pipeline.Output;
        Output.Ticks.Add(output.Ticks.Items);
        Output.Bars.Add(output.Bars.Items);
        Output.Prices.Add(output.Prices.Items);
        Output.CurvePoints.Add(output.CurvePoints.Items);
        output.Clear();
        Newest = NewestOf(Output.Ticks.Items);
    }

    public void Add(TickFrameLetter letter)
    {
        Letters.Add(letter);
        LetterBytes += letter.Bytes.Length + (letter.Form?.Prelude.Length ?? 0);
    }

    public void Clear()
    {
        Output.Clear();
        Letters.Clear();
        Checkpoints.Clear();
        Keys.Clear();
        Redriven.Clear();
        Answers.Clear();
        (VouchedMicros, IsComplete, Snapshot, Messages, Number, LetterBytes) = (null, false, null, 0, 0, 0);
    }

    public void Dispose()
    {
        _writer.Dispose();
        Output.Dispose();
    }

    private void Encode(TickPipeline pipeline)
    {
        _writer.Clear();
        _writer.AddNames(Names);
        _writer.AddTicks(pipeline.Normalized.Items);
        foreach (var letter in Letters)
        {
            _writer.AddLetter(letter);
        }

        foreach (var checkpoint in Checkpoints)
        {
            _writer.AddCheckpoint(checkpoint);
        }

        foreach (var key in Keys)
        {
            _writer.AddKey(key);
        }

        foreach (var letter in Redriven)
        {
            _writer.AddRedriven(letter);
        }

        if (VouchedMicros is { } micros)
        {
            _writer.AddWatermark(micros);
        }

        if (IsComplete)
        {
            _writer.AddComplete();
        }

        _bytes = _writer.Finish(Counters, MadeAt.ToUnixTimeTicks() / 10);
    }

    private static (long EventMicros, long IngestedMicros) NewestOf(ReadOnlySpan<Tick> ticks)
    {
        var newest = (EventMicros: long.MinValue, IngestedMicros: long.MinValue);
        foreach (ref readonly var tick in ticks)
        {
            newest.EventMicros = Math.Max(newest.EventMicros, tick.EventMicros);
            newest.IngestedMicros = Math.Max(newest.IngestedMicros, tick.IngestedMicros);
        }

        return newest;
    }
}

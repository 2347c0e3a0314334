using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Frames;
using NodaTime;

namespace Aurum.App.Ticks;

/// <summary>A committed frame as the tables take it: from the pipeline that made it, or that made it again after a
/// restart.</summary>
/// <param name="Number">Its number in the journal.</param>
/// <param name="MadeAt">When it was closed.</param>
/// <param name="Names">Names that are new in it.</param>
/// <param name="Counters">Counters at its end.</param>
/// <param name="Output">Ticks, bars, prices and points.</param>
/// <param name="Letters">Dead letters with their messages.</param>
/// <param name="Checkpoints">How far streams had come.</param>
/// <param name="Keys">Batches with idempotency keys.</param>
/// <param name="Redriven">Dead letters that were sent again in it.</param>
internal readonly record struct FrameContent(
    long Number,
    Instant MadeAt,
    TickNames Names,
    TickCounters Counters,
    TickOutput Output,
    IReadOnlyList<TickFrameLetter> Letters,
    IReadOnlyList<TickCheckpoint> Checkpoints,
    IReadOnlyList<TickBatchKey> Keys,
    IReadOnlyList<TickToken> Redriven)
{
    private const int RowBytes = 160;

    public static FrameContent Of(OpenFrame frame) => new(
        frame.Number, frame.MadeAt, frame.Names, frame.Counters, frame.Output, frame.Letters, frame.Checkpoints, frame.Keys,
        frame.Redriven);

    /// <summary>Of a frame that was read, and what a pipeline made of it again.</summary>
    public static FrameContent Of(long number, TickFrame frame, TickOutput output) => new(
        number, Instant.FromUnixTimeTicks(frame.MadeMicros * 10), frame.Names, frame.Counters, output, frame.Letters, frame.Checkpoints,
        frame.Keys, frame.Redriven);

    /// <summary>Memory that it takes until it is in the tables, about.</summary>
    public long Bytes =>
        ((long)RowBytes * (Output.Ticks.Count + Output.Bars.Count + Output.Prices.Count + Output.CurvePoints.Count))
            + Letters.Sum(static l => RowBytes + (long)l.Bytes.Length + (l.Form?.Prelude.Length ?? 0));

    public void AddTo(TickSettlement settlement)
    {
        settlement.BeginFrame(Number, MadeAt, Counters);
        settlement.Add(Names);
        settlement.Add(Output.Ticks.Items);
        settlement.Add(Output.Bars.Items);
        settlement.Add(Output.CurvePoints.Items);
        settlement.Add(Output.Prices.Items);
        foreach (var letter in Letters)
        {
            settlement.Add(letter.Letter, letter.Tenant, letter.Stream, letter.Bytes.Span, letter.Form);
        }

        foreach (var checkpoint in Checkpoints)
        {
            settlement.Add(checkpoint);
        }

        foreach (var key in Keys)
        {
            settlement.Add(key);
        }

        foreach (var letter in Redriven)
        {
            settlement.AddRedriven(letter);
        }
    }
}

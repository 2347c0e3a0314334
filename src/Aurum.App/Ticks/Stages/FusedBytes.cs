using System.Globalization;
using Aurum.Ticks;

namespace Aurum.App.Ticks.Stages;

/// <summary>All four stages in one process: messages become lines of results.</summary>
internal sealed class FusedBytes(TickPipeline pipeline, ResultLines lines) : IByteStage
{
    public string Summary
    {
        get
        {
            var counters = pipeline.Counters;
            return lines.Summary + string.Create(
                CultureInfo.InvariantCulture,
                $"; {counters.Received} messages = {counters.Accepted} accepted + {counters.Duplicate} duplicate + "
                + $"{counters.LateAmended} late + {counters.DeadLettered} dead letters");
        }
    }

    public int OnBytes(StageInput input, ReadOnlySpan<byte> bytes, long position, bool isEnd)
    {
        var used = pipeline.OnBytes(input.Stream, bytes, position, isEnd);
        foreach (var letter in pipeline.Output.DeadLetters.Items)
        {
            // A refused tick is of these bytes too: it came in with them.
            lines.Write(letter, bytes.Slice((int)(letter.Position - position), letter.Length));
        }

        Send();
        return used;
    }

    public void Complete()
    {
        pipeline.Complete();
        Send();
    }

    public void Dispose()
    {
    }

    private void Send()
    {
        lines.Write(pipeline, pipeline.Output.Bars.Items, pipeline.Output.Prices.Items, pipeline.Output.CurvePoints.Items);
        lines.Flush();
        pipeline.Output.Clear();
    }
}

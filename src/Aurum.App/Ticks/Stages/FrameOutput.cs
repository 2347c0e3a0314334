using Aurum.Market.Ticks;
using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks.Stages;

/// <summary>Frames for the stage behind, to a pipe. Each is on its way when it is finished.</summary>
/// <param name="stream">The pipe.</param>
internal sealed class FrameOutput(Stream stream) : IDisposable
{
    /// <summary>What goes into the frame that is being written.</summary>
    public TickFrameWriter Frame { get; } = new();

    /// <summary>Frames written.</summary>
    public long Frames { get; private set; }

    /// <summary>Sends the frame and begins the next one.</summary>
    /// <param name="counters">What became of all messages up to here.</param>
    /// <param name="madeMicros">When the first stage made it, microseconds since 1970 UTC.</param>
    public void Finish(in TickCounters counters, long madeMicros)
    {
        stream.Write(Frame.Finish(in counters, madeMicros).Span);
        stream.Flush();
        Frame.Clear();
        Frames++;
    }

    /// <summary>What a frame has beside names, ticks and what comes of them.</summary>
    /// <param name="frame">The frame.</param>
    public void PassOn(TickFrame frame)
    {
        foreach (var letter in frame.Letters)
        {
            Frame.AddLetter(letter);
        }

        foreach (var checkpoint in frame.Checkpoints)
        {
            Frame.AddCheckpoint(checkpoint);
        }

        foreach (var key in frame.Keys)
        {
            Frame.AddKey(key);
        }

        foreach (var letter in frame.Redriven)
        {
            Frame.AddRedriven(letter);
        }

        if (frame.WatermarkMicros is { } watermark)
        {
            Frame.AddWatermark(watermark);
        }

        if (frame.IsComplete)
        {
            Frame.AddComplete();
        }
    }

    public void Dispose() => Frame.Dispose();
}

using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks.Stages;

/// <summary>What a stage in a process of its own does with each frame of the stage before it.</summary>
internal interface IFrameStage : IDisposable
{
    /// <summary>Takes a frame, whose memory is valid during the call.</summary>
    /// <exception cref="InvalidDataException">The frame does not go with those before it.</exception>
    void OnFrame(TickFrame frame);

    /// <summary>What it did so far, for a person: <c>12 ticks, 3 of them late</c>.</summary>
    string Summary { get; }
}

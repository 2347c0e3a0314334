using System.Buffers;
using Aurum.Market.Ticks;

namespace Aurum.App.Ticks.Lanes;

/// <summary>What a stage makes of the messages of one lane (a partition that has the same number in all topics): a function of what it
/// remembers and of the messages, so that the same messages give the same again after a crash.</summary>
internal interface ILaneStage : IDisposable
{
    /// <summary>Takes a message, whose memory is valid during the call.</summary>
    /// <exception cref="InvalidDataException">The frame is none that the stage before can have sent behind those before.</exception>
    void OnMessage(in LaneMessage message, LaneOutput output);

    /// <summary>Nothing that happened before is expected any more: gives what that completes.</summary>
    /// <returns>False where the stage has nothing that waits for time.</returns>
    bool OnWatermark(long watermarkMicros, LaneOutput output);

    /// <summary>Writes what it remembers.</summary>
    void Save(IBufferWriter<byte> to);

    /// <summary>Whether it remembers so little that it is stored with each commit.</summary>
    bool IsSmall { get; }

    /// <summary>All names that have numbers in this lane.</summary>
    TickNames Names { get; }

    /// <summary>What became of the lane's messages so far.</summary>
    TickCounters Counters { get; }

    /// <summary>Event time before which windows are closed, microseconds since 1970 UTC; the least value: none, or not known
    /// here.</summary>
    long WatermarkMicros { get; }
}

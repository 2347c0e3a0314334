namespace Aurum.Ticks;

/// <summary>A step of the tick plane as a state machine: no thread, no clock, no I/O. Fused in one process or one process a stage,
/// it does the same.</summary>
/// <typeparam name="TIn">What comes in.</typeparam>
/// <typeparam name="TOut">What comes out.</typeparam>
public interface IStage<TIn, TOut>
{
    /// <summary>Takes a batch, whose size changes nothing about what comes out. Must not keep the span.</summary>
    void OnBatch(ReadOnlySpan<TIn> items, Batch<TOut> output);

    /// <summary>Nothing that happened before <paramref name="watermarkMicros"/> is expected any more: emits what that completes.</summary>
    void OnWatermark(long watermarkMicros, Batch<TOut> output);
}

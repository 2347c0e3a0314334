using NodaTime;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>A clock that runs as the machine's does, and shows another time.</summary>
/// <param name="start">What it shows at first.</param>
internal sealed class ShiftedTime(Instant start) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start.ToDateTimeOffset() + System.GetElapsedTime(_began);
}

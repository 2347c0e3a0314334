using NodaTime;

namespace Aurum.App.Running;

/// <summary>A time provider as NodaTime's clock.</summary>
internal sealed class ProviderClock(TimeProvider time) : IClock
{
    public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(time.GetUtcNow());
}

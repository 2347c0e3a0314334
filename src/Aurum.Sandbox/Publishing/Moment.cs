using Aurum.Sandbox.Faults;
using NodaTime;

namespace Aurum.Sandbox.Publishing;

/// <summary>When a request is answered, and with what disturbance.</summary>
/// <param name="Now">The instant that decides what is published.</param>
/// <param name="Stamp">The instant that the publisher's clock shows in headers and stamps of making; equal to Now unless its
/// clock is off.</param>
/// <param name="Tampering">What happens to the rows on their way out.</param>
public sealed record Moment(Instant Now, Instant Stamp, Tampering Tampering)
{
    public static Moment At(Instant now) => new(now, now, Tampering.None);
}

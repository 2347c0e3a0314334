namespace Aurum.App.Ticks.Sending;

/// <summary>What became of the messages that were sent, in the server's words.</summary>
/// <param name="Requests">Requests that were answered.</param>
/// <param name="Received">Messages: the sum of the four below, and of those that were published.</param>
/// <param name="Accepted">Ticks whose minute was open.</param>
/// <param name="Duplicate">Messages that the server had.</param>
/// <param name="LateAmended">Ticks that revised bars.</param>
/// <param name="DeadLettered">Messages that are kept aside with a reason.</param>
/// <param name="Published">Messages that the server handed to Kafka.</param>
/// <param name="Repeated">Those of the messages whose whole request the server had answered before.</param>
internal readonly record struct SentCounts(
    long Requests, long Received, long Accepted, long Duplicate, long LateAmended, long DeadLettered, long Published, long Repeated)
{
    public SentCounts Plus(in SentCounts other) => new(
        Requests + other.Requests,
        Received + other.Received,
        Accepted + other.Accepted,
        Duplicate + other.Duplicate,
        LateAmended + other.LateAmended,
        DeadLettered + other.DeadLettered,
        Published + other.Published,
        Repeated + other.Repeated);
}

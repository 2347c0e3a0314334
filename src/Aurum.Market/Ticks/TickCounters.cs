namespace Aurum.Market.Ticks;

/// <summary>What became of the messages so far. Each is in exactly one of the last four.</summary>
/// <param name="Received">Messages taken in.</param>
/// <param name="Accepted">Ticks whose minute was open.</param>
/// <param name="Duplicate">Messages whose event id was taken in before.</param>
/// <param name="LateAmended">Ticks that revised closed bars.</param>
/// <param name="DeadLettered">Messages that are kept aside with a reason.</param>
public readonly record struct TickCounters(long Received, long Accepted, long Duplicate, long LateAmended, long DeadLettered)
{
    public bool IsBalanced => Received == Accepted + Duplicate + LateAmended + DeadLettered;

    public TickCounters Plus(in TickCounters more) => new(
        Received + more.Received, Accepted + more.Accepted, Duplicate + more.Duplicate, LateAmended + more.LateAmended,
        DeadLettered + more.DeadLettered);

    public TickCounters Less(in TickCounters before) => new(
        Received - before.Received, Accepted - before.Accepted, Duplicate - before.Duplicate, LateAmended - before.LateAmended,
        DeadLettered - before.DeadLettered);
}

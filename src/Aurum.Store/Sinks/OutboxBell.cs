namespace Aurum.Store.Sinks;

/// <summary>Rings when deliveries were committed: by this process, or by another one where its ring is heard. A ring says that it is worth
/// looking at the outbox, no more: some may be missed, so whoever waits looks from time to time too. Safe from several threads.</summary>
public sealed class OutboxBell
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends with the next ring. To be asked for before the look at the outbox that it follows.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    internal void Ring() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

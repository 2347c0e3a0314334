using Aurum.Store.Sinks;
using Aurum.Store.Work;

namespace Aurum.Store.Engines;

/// <summary>What a process needs that has a database together with other processes: locks that all of them see. Safe from several
/// threads.</summary>
internal abstract class EngineSharing : IDisposable
{
    /// <summary>Whether no other process had the database open when this one opened it.</summary>
    public abstract bool WasAlone { get; }

    /// <summary>Waits until no other process is in a commit, and keeps them out until the transaction of the connection ends. What the
    /// connection reads from then on has all earlier commits.</summary>
    /// <exception cref="EngineException">The others did not end in time.</exception>
    public abstract void LockCommits(EngineConnection connection);

    /// <summary>Makes this process the only one with a delivery of a feed open.</summary>
    /// <returns>False where another process has one.</returns>
    public abstract bool TryEnter(string feed);

    public abstract void Leave(string feed);

    /// <summary>Tells the other processes, when the transaction of the connection is committed, that there are new deliveries.</summary>
    /// <param name="connection">Whose transaction it is.</param>
    /// <param name="delivery">The highest number of a delivery.</param>
    public abstract void Ring(EngineConnection connection, long delivery);

    /// <summary>Rings a bell when another process has committed deliveries, over a connection of its own, until it is cancelled. A
    /// connection that is lost is made anew, with growing waits.</summary>
    /// <param name="bell">Rings.</param>
    /// <param name="jitter">Spread of waits.</param>
    /// <param name="cancel">Stops it, which is no error.</param>
    public abstract Task Listen(OutboxBell bell, Random jitter, CancellationToken cancel);

    /// <summary>Who works on what.</summary>
    public abstract SharedWork Work { get; }

    /// <summary>Makes sure, in the transaction of a connection, that a lease is still held and stays so until the transaction
    /// ends.</summary>
    /// <exception cref="LeaseLostException">Another process has it.</exception>
    public abstract void Hold(EngineConnection connection, WorkLease lease);

    public abstract void Dispose();
}

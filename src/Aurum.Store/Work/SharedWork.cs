using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Work;

/// <summary>What the processes that have one database share while they work: who works on which day, and how much of a publisher's limits
/// is used. By the database's clock. Safe from several threads.</summary>
public abstract class SharedWork
{
    /// <summary>A day of what is leased by its name alone.</summary>
    public static readonly LocalDate NoDay = new(1970, 1, 1);

    /// <summary>Leases days that nobody else works on, the first of the list first. A lease that its holder did not renew in time counts as
    /// given up.</summary>
    /// <param name="holder">Name of this process, for people.</param>
    /// <param name="wanted">Days, in the order of their urgency.</param>
    /// <param name="most">Leases at most.</param>
    /// <param name="length">How long a lease lasts without being renewed.</param>
    public abstract IReadOnlyList<WorkLease> Take(
        string holder, IReadOnlyList<(FeedId Feed, LocalDate Day)> wanted, int most, Duration length);

    /// <summary>Lengthens a lease, from now on. False: another process has it; what was done under it will not be stored.</summary>
    public abstract bool Renew(WorkLease lease, Duration length);

    /// <summary>Gives leases back that are still held.</summary>
    public abstract void Release(params IReadOnlyCollection<WorkLease> leases);

    /// <summary>All leases that are held now.</summary>
    public abstract IReadOnlyList<WorkLease> Held();

    /// <summary>Takes the right to one request of a site, when the limits leave one for all processes together.</summary>
    /// <returns>The right, or how long to wait before asking again.</returns>
    public abstract (SiteTurn? Turn, Duration Wait) TryTake(string holder, SharedLimits site, SharedLimits feed);

    /// <summary>The request is over. Where the database does not take that now, it is told with the next request.</summary>
    public abstract void Done(SiteTurn turn);

    /// <summary>No process asks a site for a while: it said so.</summary>
    public abstract void Pause(string site, Duration pause);

    /// <summary>Asks the database whether it is there, takes writes, and is of a form that this program knows. Takes seconds at
    /// most.</summary>
    /// <exception cref="Engines.EngineException">It is not to be reached, or refuses.</exception>
    /// <exception cref="StoreException">Another program has changed its form.</exception>
    public abstract void Prove();
}

/// <summary>The right to work on a day of a feed.</summary>
/// <param name="Feed">Feed, or the name of other work.</param>
/// <param name="Day">Operating day.</param>
/// <param name="Number">Its number: each lease that was ever given has a higher one. A commit under an older one is refused.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="Until">When it ends, unless it is renewed.</param>
public sealed record WorkLease(string Feed, LocalDate Day, long Number, string Holder, Instant Until)
{
    public override string ToString() => Day == SharedWork.NoDay ? Feed : $"{Feed} {Day:uuuu-MM-dd}";
}

/// <summary>The right to one request.</summary>
public sealed record SiteTurn(long Id);

/// <summary>Limits of a site, or of one of its datasets; 0: none.</summary>
/// <param name="Name">Site, or feed id.</param>
/// <param name="PerSecond">Requests that a bucket fills with in a second.</param>
/// <param name="Burst">Requests that it holds.</param>
/// <param name="Concurrency">Requests under way.</param>
/// <param name="PerMinute">Requests in any minute.</param>
/// <param name="PerHour">Requests in any hour.</param>
/// <param name="PerDay">Requests in any 24 hours.</param>
public sealed record SharedLimits(
    string Name, double PerSecond, double Burst, int Concurrency, long PerMinute, long PerHour, long PerDay)
{
    /// <summary>Rows in any hour, of files that are stored; what is on its way is known to the process alone that asked for it.</summary>
    public long RowsPerHour { get; init; }

    /// <summary>Bytes in any hour, of the same files.</summary>
    public long BytesPerHour { get; init; }

    /// <summary>How long a request may take; one of a process that died counts as under way no longer. Seconds.</summary>
    public int LongestSeconds { get; init; } = 900;
}

using System.Globalization;
using Aurum.App.Ingest;
using Aurum.Store;
using Aurum.Store.Jobs;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>What a backfill will take, before it starts.</summary>
/// <param name="Requests">First pages, and one for all days of a file that holds many; further pages come on top where the publisher
/// pages.</param>
/// <param name="AtTheLimits">Time that the sites' limits make it take at least.</param>
/// <param name="Bytes">From the sizes of files that are already there; null where none is.</param>
/// <param name="Warnings">A sentence for each feed with days that the publisher no longer shows, or will not when they are
/// reached.</param>
internal sealed record BackfillCost(long Requests, TimeSpan AtTheLimits, long? Bytes, IReadOnlyList<string> Warnings)
{
    /// <summary>As it is stored with a job.</summary>
    public JobCost OfJob => new(Requests, AtTheLimits.TotalMinutes, Bytes);

    /// <param name="items">Days, in the order of the work.</param>
    /// <param name="sites">The sites and their limits.</param>
    /// <param name="store">Tells the sizes of files that are there.</param>
    /// <param name="now">When the work begins.</param>
    public static BackfillCost Of(IReadOnlyList<WorkItem> items, SiteDirectory sites, AurumStore store, Instant now)
    {
        var pace = new SitePace(sites, store);
        var queue = pace.Queue();
        foreach (var item in items)
        {
            queue.Ask(item, now);
        }

        return new BackfillCost(queue.Requests, queue.Longest, queue.Bytes, Retention.Warnings(items, pace, now));
    }

    public override string ToString() => Describe(OfJob);

    /// <summary>A cost as people read it: <c>26 requests, about 1.2 MiB, at least 0:02 h at the publishers' limits</c>.</summary>
    public static string Describe(JobCost cost)
    {
        var bytes = cost.Bytes is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"about {known / 1048576.0:N1} MiB")
            : "size not known yet";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cost.Requests:N0} requests, {bytes}, at least {Describe(TimeSpan.FromMinutes(cost.Minutes))} at the publishers' limits");
    }

    private static string Describe(TimeSpan time) => time.TotalSeconds < 1 ? "1 s"
        : time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:N0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00} h");
}

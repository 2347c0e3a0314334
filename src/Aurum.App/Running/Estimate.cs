using Aurum.Store.Jobs;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>An order held against the ledger: what of it is there, and what the rest takes.</summary>
/// <param name="Plan">The order in chunks.</param>
/// <param name="Days">Days that are asked for.</param>
/// <param name="Open">Days that are to be fetched, in the order of the work.</param>
/// <param name="Cost">What they take.</param>
internal sealed record Estimate(JobPlan Plan, int Days, IReadOnlyList<WorkItem> Open, BackfillCost Cost)
{
    public static Estimate Of(BackfillOrder order, Platform platform)
    {
        var now = platform.Clock.GetCurrentInstant();
        var plan = JobPlan.Of(order, now);
        var items = JobPlan.Items([.. plan.Feeds.Select(f => f.Id)], plan.Chunks);
        var open = platform.Collector.OpenOf(items);
        return new Estimate(plan, items.Count, open, BackfillCost.Of(open, platform.Sites, platform.Store, now));
    }

    /// <summary>The job of the order: queued, or completed where nothing is to be fetched.</summary>
    public JobRecord ToJob(BackfillOrder order, JobRecord? known, Instant now) => new(
        Plan.Id,
        Open.Count > 0 ? JobState.Queued : JobState.Completed,
        "",
        order.Priority,
        [.. Plan.Feeds.Select(f => f.Id)],
        Plan.FirstDay,
        Plan.LastDay,
        Cost.OfJob,
        Cost.Warnings,
        known?.CreatedAt ?? now,
        now,
        known?.StartedAt,
        Open.Count > 0 ? null : now);
}

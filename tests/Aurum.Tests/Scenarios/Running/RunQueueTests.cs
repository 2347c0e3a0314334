using Aurum.App.Scenarios.Running;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.Tests.Scenarios.Running;

public sealed class RunQueueTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 6, 20, 8, 0);

    [Fact]
    public void A_higher_priority_comes_first_and_equals_come_in_order()
    {
        var queue = new RunQueue(tenantConcurrency: 10);
        queue.Add(Run("1", RunPriority.Low, 0));
        queue.Add(Run("2", RunPriority.Normal, 1));
        queue.Add(Run("3", RunPriority.Critical, 2));
        queue.Add(Run("4", RunPriority.High, 3));
        queue.Add(Run("5", RunPriority.Normal, 4));
        Assert.Equal(["3", "4", "2", "5", "1"], Drain(queue, Start));
    }

    [Fact]
    public void No_run_starves_however_many_more_urgent_ones_come()
    {
        var queue = new RunQueue(tenantConcurrency: int.MaxValue);
        queue.Add(Run("low", RunPriority.Low, 0));
        var taken = new List<(string Id, int Second)>();
        for (var second = 0; second < 3_600 && taken.All(static t => t.Id != "low"); second++)
        {
            queue.Add(Run($"critical {second:0000}", RunPriority.Critical, second));
            taken.Add((queue.Take(Start + Duration.FromSeconds(second))!.Id, second));
        }

        Assert.Equal(("low", 901), taken[^1]);
    }

    [Fact]
    public void A_tenant_with_much_to_do_leaves_room_for_others()
    {
        var queue = new RunQueue(tenantConcurrency: 2);
        for (var i = 0; i < 5; i++)
        {
            queue.Add(Run($"busy {i}", RunPriority.Critical, i, "busy"));
        }

        queue.Add(Run("quiet", RunPriority.Low, 9, "quiet"));
        var first = queue.Take(Start)!;
        Assert.Equal(["busy 0", "busy 1", "quiet"], [first.Id, queue.Take(Start)!.Id, queue.Take(Start)!.Id]);
        Assert.Null(queue.Take(Start));
        Assert.Equal((3, 3), (queue.Waiting, queue.Running));
        queue.Done(first);
        Assert.Equal("busy 2", queue.Take(Start)!.Id);
    }

    [Fact]
    public void A_run_that_waits_for_its_next_attempt_is_not_taken_before()
    {
        var queue = new RunQueue(tenantConcurrency: 2);
        var due = Start + Duration.FromSeconds(30);
        queue.Add(Run("later", RunPriority.Critical, 0) with { NotBefore = due });
        Assert.Null(queue.Take(Start));
        Assert.Equal(due, queue.NextDue(Start));
        Assert.Null(queue.NextDue(due));
        Assert.Equal("later", queue.Take(due)!.Id);
    }

    [Fact]
    public void Retries_wait_twice_as_long_each_time_and_never_longer_than_five_minutes()
    {
        var seconds = Enumerable.Range(1, 30).Select(static attempt => RetryDelay.Of("run", attempt).TotalSeconds).ToList();
        Assert.All(seconds.Take(9), (s, i) => Assert.InRange(s, 0.375 * Math.Pow(2, i), 0.625 * Math.Pow(2, i)));
        Assert.All(seconds.Skip(11), static s => Assert.Equal(300, s));
        Assert.Equal(seconds[0], RetryDelay.Of("run", 1).TotalSeconds);
        Assert.NotEqual(seconds[0], RetryDelay.Of("other", 1).TotalSeconds);
    }

    private static IEnumerable<string> Drain(RunQueue queue, Instant now)
    {
        while (queue.Take(now) is { } run)
        {
            yield return run.Id;
        }
    }

    private static QueuedRun Run(string id, RunPriority priority, int second, string tenant = "acme") =>
        new(id, tenant, priority, Start + Duration.FromSeconds(second), null);
}

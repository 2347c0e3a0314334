using Aurum.App.Running;

namespace Aurum.Tests.Running;

public sealed class PublisherLanesTests
{
    private readonly PublisherLanes _lanes = new(2);

    [Fact]
    public async Task As_many_work_as_there_are_places_and_each_publisher_has_its_own()
    {
        using var first = await Enter("caiso", 5);
        using var second = await Enter("caiso", 5);
        var third = Enter("caiso", 1);

        Assert.False(third.IsCompleted);
        using var other = await Enter("nyiso", 9);
        first.Dispose();
        first.Dispose();
        using var place = await third;
        Assert.False(Enter("caiso", 1).IsCompleted);
    }

    [Fact]
    public async Task The_job_of_higher_priority_goes_first_then_the_older_one_then_who_came_first()
    {
        var places = new Queue<IDisposable>([await Enter("caiso", 5), await Enter("caiso", 5)]);
        (string Name, int Priority, long Age)[] waiting =
            [("last", 10, 1), ("young", 5, 9), ("old", 5, 2), ("old too", 5, 2), ("urgent", 1, 30)];
        var came = new List<string>();
        var turns = waiting.Select(async w =>
        {
            var place = await Enter("caiso", w.Priority, w.Age);
            lock (came)
            {
                came.Add(w.Name);
                places.Enqueue(place);
            }
        }).ToList();
        foreach (var expected in (string[])["urgent", "old", "old too", "young", "last"])
        {
            places.Dequeue().Dispose();
            turns.Remove(await Task.WhenAny(turns));
            Assert.Equal(expected, came[^1]);
        }
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        var first = await Enter("caiso", 5);
        using var second = await Enter("caiso", 5);
        using var stop = new CancellationTokenSource();
        var impatient = _lanes.Enter("caiso", new JobRank(1, 0), stop.Token);
        var patient = Enter("caiso", 9);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        first.Dispose();

        using var place = await patient;
    }

    private Task<IDisposable> Enter(string publisher, int priority, long age = 0) =>
        _lanes.Enter(publisher, new JobRank(priority, age), CancellationToken.None);
}

using Aurum.App.Scenarios.Requests;
using Aurum.Cluster.Kafka;
using Aurum.Store.Models;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Scenarios.Running;
using NodaTime;

namespace Aurum.Tests.Scenarios.Requests;

public sealed class RequestHallTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 6, 20, 20, 0);

    [Theory]
    [InlineData(90)]
    [InlineData(100)]
    [InlineData(110)]
    [InlineData(130)]
    public async Task A_request_that_falls_due_while_a_worker_looks_is_not_slept_through(int milliseconds)
    {
        using var hall = new RequestHall(1, new SteppingTime(Start, TimeSpan.FromMilliseconds(20)));
        hall.Add(Held(1), Start + Duration.FromMilliseconds(milliseconds));
        Assert.Equal(1, (await hall.Take(KafkaWorld.Limit())).Request.Message.Offset);
    }

    [Fact]
    public async Task A_request_for_the_far_future_waits_and_others_are_worked_on()
    {
        using var hall = new RequestHall(1, TimeProvider.System);
        hall.Add(Held(1), Instant.FromUtc(9999, 12, 31, 0, 0));
        var next = hall.Take(KafkaWorld.Limit());
        Assert.False(next.IsCompleted);
        hall.Add(Held(2), null);
        Assert.Equal(2, (await next).Request.Message.Offset);
        Assert.Equal(1, hall.Waiting);
    }

    private static HeldRequest Held(long offset) => new(
        new LaneHold(new RequestLane("g", "t", 0, 1, "one", null)),
        new RequestMessage(new KafkaPartition("t", 0), offset, null, null, new Dictionary<string, string>()),
        new RunRequest("acme", "s1", new Dictionary<string, string>()),
        Start);
}

using Aurum.App.Scenarios.Requests;
using Aurum.Store.Models;

namespace Aurum.Tests.Scenarios.Requests;

public sealed class LaneHoldTests
{
    [Fact]
    public void A_partition_has_come_as_far_as_the_first_message_that_is_not_done_with()
    {
        var hold = new LaneHold(new RequestLane("g", "t", 0, 1, "one", 5));
        Assert.False(hold.Take(4));
        Assert.True(hold.Take(5) && hold.Take(6) && hold.Take(9));
        Assert.False(hold.Take(6));
        Assert.Equal([6L, 5L, 5L], ((long[])[5, 6, 9]).Select(o => hold.After(o)!.Next));
        hold.Done(6);
        Assert.Equal(9, hold.After(5)!.Next);
        hold.Done(5);
        Assert.Equal(10, hold.After(9)!.Next);
        hold.End();
        Assert.Null(hold.After(9));
    }
}

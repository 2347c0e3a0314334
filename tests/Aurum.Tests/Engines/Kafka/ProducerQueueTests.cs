using Aurum.Cluster.Kafka;

namespace Aurum.Tests.Engines.Kafka;

public sealed class ProducerQueueTests
{
    [Fact]
    public void Messages_and_bytes_have_limits_and_a_large_message_goes_alone()
    {
        var queue = new ProducerQueue(maxMessages: 3, maxBytes: 100);
        Assert.True(Enter(queue, 500));
        Assert.False(Enter(queue, 1));
        queue.Leave(500);
        Assert.True(Enter(queue, 40));
        Assert.True(Enter(queue, 60));
        Assert.False(Enter(queue, 1));
        queue.Leave(60);
        Assert.True(Enter(queue, 1));
        Assert.True(Enter(queue, 1));
        Assert.False(Enter(queue, 0));
        Assert.Equal((3, 42, 3), (queue.Messages, queue.Bytes, queue.FullWaits));
    }

    private static bool Enter(ProducerQueue queue, long bytes) =>
        queue.Enter(bytes, TimeSpan.Zero, TimeProvider.System, CancellationToken.None);
}

using Aurum.Cluster.Kafka;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>How far a member is behind in a partition.</summary>
public sealed class PartitionLeaseTests
{
    private static readonly KafkaPartition Partition = new("topic", 0);

    [Fact]
    public void Marks_of_transactions_behind_the_last_message_are_not_waited_for()
    {
        var lease = new PartitionLease(Partition, 5);
        lease.Take(7);
        lease.Note(9, 8, isQuiet: false);
        Assert.Equal(1, lease.Lag!.Value.Messages);

        // The client has come past the mark at 8, which it hands to nobody.
        lease.Note(9, 9, isQuiet: true);

        Assert.Equal(new KafkaLag(Partition, 9, 9), lease.Lag);
        Assert.Equal(8, lease.Position);
    }

    [Fact]
    public void Messages_that_are_asked_for_again_are_behind_however_far_the_client_had_come()
    {
        var lease = new PartitionLease(Partition, 5);
        lease.Take(8);
        lease.Rewind(5);
        lease.Note(9, 9, isQuiet: true);
        Assert.Equal(new KafkaLag(Partition, 5, 9), lease.Lag);

        lease.Take(5);
        lease.Note(9, 6, isQuiet: false);
        Assert.Equal(new KafkaLag(Partition, 6, 9), lease.Lag);
    }

    [Fact]
    public void A_partition_of_which_nothing_was_read_begins_where_it_is_quiet_first()
    {
        var lease = new PartitionLease(Partition, null);
        lease.Note(-1001, null, isQuiet: true);
        Assert.Null(lease.Lag);
        lease.Note(50, null, isQuiet: false);
        Assert.Equal(50, lease.Lag!.Value.Messages);
        lease.Note(50, null, isQuiet: true);
        Assert.Equal(new KafkaLag(Partition, 50, 50), lease.Lag);
        lease.Note(52, null, isQuiet: true);
        Assert.Equal(2, lease.Lag!.Value.Messages);
        Assert.Null(lease.Position);
    }
}

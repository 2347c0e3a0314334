using Aurum.Cluster.Kafka;

namespace Aurum.Tests.Engines.Kafka;

public sealed class KafkaLibraryTests
{
    private const int Old = 0x02_00_02_ff;
    private const int AlmostNew = 0x02_01_01_ff;
    private const int New = 0x02_0f_01_ff;

    private const string ToDo = "; eng/build-librdkafka.sh builds it, or set AURUM_LIBRDKAFKA to ";

    [Fact]
    public void The_first_that_is_new_enough_is_taken()
    {
        var (handle, file) = KafkaLibrary.Find(null, [("missing", "a"), ("old", "b"), ("new", "c"), ("new", "d")], Probe);
        Assert.Equal((New, "c"), ((int)handle, file));
    }

    [Fact]
    public void A_named_one_is_taken_alone()
    {
        Assert.Equal("new", KafkaLibrary.Find("new", [("new", "a")], Probe).File);
        Assert.Equal(
            "AURUM_LIBRDKAFKA: expected the path of librdkafka, found 'missing', which cannot be loaded; eng/build-librdkafka.sh builds it",
            Refused("missing", [("new", "a")]));
        Assert.Equal(
            $"Kafka needs librdkafka 2.2.0 or newer, found 2.0.2 (old, from AURUM_LIBRDKAFKA){ToDo}the path of a newer one",
            Refused("old", [("new", "a")]));
    }

    [Fact]
    public void An_old_one_or_none_is_told_with_what_to_do()
    {
        Assert.Equal(
            $"Kafka needs librdkafka 2.2.0 or newer, found 2.0.2 (the system's){ToDo}the path of a newer one",
            Refused(null, [("old", "the system's")]));
        Assert.Equal(
            $"Kafka needs librdkafka 2.2.0 or newer, found 2.1.1 (the system's){ToDo}the path of a newer one",
            Refused(null, [("almost", "the system's")]));
        Assert.Equal($"Kafka needs librdkafka 2.2.0 or newer, and none is here{ToDo}its path", Refused(null, [("missing", "a")]));
    }

    [Fact]
    public void A_library_that_works_is_here() => Assert.Matches(@"^2\.\d+\.\d+ \(.+\)$", KafkaLibrary.Load());

    private static string Refused(string? named, IEnumerable<(string, string)> candidates)
    {
        var refused = Assert.Throws<BrokerException>(() => KafkaLibrary.Find(named, candidates, Probe));
        Assert.False(refused.IsRetryable);
        return refused.Message;
    }

    private static (nint Handle, int Version)? Probe(string file) => file switch
    {
        "old" => (Old, Old),
        "almost" => (AlmostNew, AlmostNew),
        "new" => (New, New),
        _ => null,
    };
}

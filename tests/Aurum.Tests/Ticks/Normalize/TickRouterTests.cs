using System.Text;
using Aurum.Sandbox.Ticks;
using Aurum.Tests.Ticks.Service;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Tests.Ticks.Normalize;

public sealed class TickRouterTests
{
    private static readonly MadeStreamOptions Options =
        new(3, TickMode.HighVolume, 2_000, 40, Instant.FromUtc(2026, 3, 2, 15, 0)) { HasQuotes = true };

    /// <summary>Numbers that Kafka's own clients give: org.apache.kafka.common.utils.UtilsTest.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Keys_have_the_hash_that_other_clients_give_them(string key, int hash)
    {
        Assert.Equal(hash, unchecked((int)Murmur2.Of(Encoding.UTF8.GetBytes(key))));
        Assert.Equal((hash & 0x7fffffff) % 12, TickRouter.LaneOf(Encoding.UTF8.GetBytes(key), 12));
    }

    [Theory]
    [InlineData(TickForm.ContractB, TickFormat.JsonLines)]
    [InlineData(TickForm.Csv, TickFormat.Csv)]
    [InlineData(TickForm.Binary, TickFormat.Binary)]
    public void What_a_lane_has_is_read_alone_and_an_instrument_is_in_one_lane(TickForm form, TickFormat format)
    {
        var bytes = TickHome.Written(Options, form);
        var options = new TickStreamOptions(format);
        var router = new TickRouter(options, 4, new NormalizeOptions());
        for (var used = 0; used < bytes.Length;)
        {
            var taken = router.Take(bytes.AsSpan(used), isEnd: true, out _);
            Assert.True(taken > 0);
            used += taken;
        }

        var lanesOf = new Dictionary<string, int>();
        long messages = 0;
        for (var lane = 0; lane < router.Lanes; lane++)
        {
            using var pipeline = new TickPipeline(new TickPipelineOptions(), InstrumentBook.Empty);
            pipeline.OnBytes(pipeline.Open(options), router.BytesOf(lane), 0, isEnd: true);
            Assert.Equal(0, pipeline.Counters.DeadLettered);
            Assert.Equal(router.CountOf(lane), pipeline.Counters.Received);
            messages += pipeline.Counters.Received;
            for (var i = 0; i < pipeline.Instruments.Count; i++)
            {
                Assert.Equal(lane, lanesOf.GetValueOrDefault(pipeline.Instruments[i].InstrumentId, lane));
                lanesOf[pipeline.Instruments[i].InstrumentId] = lane;
            }
        }

        Assert.Equal(Options.Count, messages);
    }
}

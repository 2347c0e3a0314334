using Aurum.App.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;

namespace Aurum.Tests.Ticks.Service;

/// <summary>Messages in are messages out, frame by frame.</summary>
public sealed class TickStandingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_message_that_is_not_accounted_for_is_a_defect(int lost)
    {
        using var pipeline = new TickPipeline(new TickPipelineOptions(), InstrumentBook.Empty);
        var bytes = TickHome.Messages(100);
        pipeline.OnBytes(pipeline.Open(new TickStreamOptions()), bytes, 0, isEnd: true);
        using var frame = new OpenFrame { Messages = 100 - lost };
        frame.Close(pipeline, TickHome.Start);
        var standing = new TickStanding();
        if (lost == 0)
        {
            standing.Add(frame);
            Assert.Equal(pipeline.Counters, standing.Counters);
        }
        else
        {
            var defect = Assert.Throws<TickDefectException>(() => standing.Add(frame));
            Assert.StartsWith("frame 0: 99 messages gave ", defect.Message, StringComparison.Ordinal);
            Assert.Equal(0, standing.Counters.Received);
        }
    }
}

using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>When an answer that came for one day may be read for another.</summary>
public sealed class SharedAnswerTests : IDisposable
{
    private static readonly Instant Received = Instant.FromUtc(2025, 6, 20, 12, 0);

    private static readonly Duration Hour = Duration.FromHours(1);

    private readonly SharedAnswer _shared = new(Hour);

    private static FileRecord File => new(
        new Fetch(LineFeed.RealTime.Id, DeliveryRig.Day.Date, "site", "/month", "month.zip", 200), new string('a', 64), 10, Received);

    [Fact]
    public void Serves_another_day_under_its_name_and_keeps_when_it_was_received()
    {
        _shared.Received([File], Outcome.Data);

        var file = _shared.For(DeliveryRig.Day.Previous, null, Received + Hour)!;

        Assert.Equal((DeliveryRig.Day.Previous.Date, Received, File.Sha256), (file.Fetch.Day, file.ReceivedAt, file.Sha256));
    }

    [Fact]
    public void Serves_no_day_after_its_time()
    {
        _shared.Received([File], Outcome.Data);

        Assert.Null(_shared.For(DeliveryRig.Day.Previous, null, Received + Hour + Duration.FromSeconds(1)));
    }

    [Fact]
    public void Serves_no_day_that_was_looked_at_since_it_was_received()
    {
        _shared.Received([File], Outcome.Data);

        Assert.Null(_shared.For(DeliveryRig.Day, Received, Received));
        Assert.Null(_shared.For(DeliveryRig.Day, Received + Duration.FromMinutes(1), Received + Hour));
        Assert.NotNull(_shared.For(DeliveryRig.Day, Received - Duration.FromSeconds(1), Received + Hour));
    }

    [Theory]
    [InlineData(Outcome.Malformed)]
    [InlineData(Outcome.Unavailable)]
    [InlineData(Outcome.Throttled)]
    public void Serves_no_day_after_a_fault(Outcome outcome)
    {
        _shared.Received([File], outcome);
        Assert.Null(_shared.For(DeliveryRig.Day.Previous, null, Received));

        _shared.Received([File], Outcome.Data);
        _shared.Reread(outcome);
        Assert.Null(_shared.For(DeliveryRig.Day.Previous, null, Received));
    }

    [Fact]
    public void A_day_that_is_not_in_it_takes_it_from_no_other()
    {
        _shared.Received([File], Outcome.Data);
        _shared.Reread(Outcome.NotYetPublished);

        Assert.NotNull(_shared.For(DeliveryRig.Day.Previous, null, Received));
    }

    [Fact]
    public void A_request_that_stands_for_one_day_is_not_shared()
    {
        using var answers = new SharedAnswers();
        var month = new FeedRequest("site", "/month", "month.zip") { SharedFor = Hour };

        Assert.Null(answers.Of(LineFeed.RealTime, month with { SharedFor = null }));
        Assert.Same(answers.Of(LineFeed.RealTime, month), answers.Of(LineFeed.RealTime, month));
        Assert.NotSame(answers.Of(LineFeed.RealTime, month), answers.Of(LineFeed.DayAhead, month));
    }

    public void Dispose() => _shared.Dispose();
}

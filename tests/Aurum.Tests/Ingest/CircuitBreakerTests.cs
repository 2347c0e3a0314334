using Aurum.App.Ingest.Limits;
using NodaTime;

namespace Aurum.Tests.Ingest;

public sealed class CircuitBreakerTests
{
    private readonly HandClock _clock = new(Instant.FromUtc(2025, 6, 10, 0, 0));
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() =>
        _breaker = new CircuitBreaker(3, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(300), _clock);

    [Fact]
    public void Errors_that_lie_further_apart_than_the_window_do_not_open_it()
    {
        for (var i = 0; i < 10; i++)
        {
            Fail();
            Pass(Duration.FromSeconds(31));
        }

        Assert.Equal(BreakerState.Closed, _breaker.Standing.State);
    }

    [Fact]
    public void It_opens_for_its_time_and_one_trial_closes_it()
    {
        OpenIt();
        Assert.Equal(BreakerState.Open, _breaker.Standing.State);
        Assert.Equal(_clock.Now + Duration.FromSeconds(300), Instant.FromDateTimeOffset(_breaker.Standing.OpenUntil!.Value));
        Assert.False(_breaker.TryEnter(out var wait));
        Assert.Equal(TimeSpan.FromSeconds(300), wait);

        Pass(Duration.FromSeconds(300));
        Assert.Equal(BreakerState.HalfOpen, _breaker.Standing.State);
        Assert.True(_breaker.TryEnter(out _));
        Assert.False(_breaker.TryEnter(out _));
        _breaker.Succeeded();

        Assert.Equal(BreakerState.Closed, _breaker.Standing.State);
        Assert.Equal(0, _breaker.Standing.Errors);
    }

    [Fact]
    public void A_trial_that_fails_opens_it_again_and_one_that_is_given_up_lets_another_try()
    {
        OpenIt();
        Pass(Duration.FromSeconds(300));
        Assert.True(_breaker.TryEnter(out _));
        _breaker.GivenUp();
        Assert.True(_breaker.TryEnter(out _));
        _breaker.Failed();

        Assert.Equal(BreakerState.Open, _breaker.Standing.State);
    }

    private void OpenIt()
    {
        for (var i = 0; i < 3; i++)
        {
            Fail();
        }
    }

    private void Fail()
    {
        Assert.True(_breaker.TryEnter(out _));
        _breaker.Failed();
    }

    private void Pass(Duration time) => _clock.AdvanceTo(_clock.Now + time);
}

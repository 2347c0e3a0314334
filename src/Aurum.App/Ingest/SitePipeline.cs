using System.Net;
using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Outcome = Aurum.Market.Feeds.Outcome;

namespace Aurum.App.Ingest;

/// <summary>Retries with exponential waits and jitter, following Retry-After, and a circuit breaker: when four of five tries within a
/// minute fail, the site is left alone for two minutes.</summary>
internal static class SitePipeline
{
    private const int LeastTries = 5;
    private const double FailureRatioThatOpens = 0.8;

    private static readonly TimeSpan SamplingTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public static ResiliencePipeline<Attempt> Build(Site site, TimeProvider time, Random jitter) =>
        new ResiliencePipelineBuilder<Attempt> { TimeProvider = time, Name = site.Name }
            .AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = Math.Max(1, site.Limits.MaxAttempts - 1),
                Delay = FirstWait,
                MaxDelay = LongestWait,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = jitter.NextDouble,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { MayRetry: true }),
                DelayGenerator = static args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Attempt>
            {
                FailureRatio = FailureRatioThatOpens,
                MinimumThroughput = LeastTries,
                SamplingDuration = SamplingTime,
                BreakDuration = OpenTime,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { Outcome: Outcome.Unavailable, MayRetry: true }),
            })
            .Build();
}

/// <summary>What came of one request.</summary>
/// <param name="Outcome">Data when a body is in the archive; its content is judged later.</param>
/// <param name="Why">A sentence where there is no file.</param>
/// <param name="File">The archived answer.</param>
/// <param name="MayRetry">Whether asking again soon may help.</param>
/// <param name="RetryAfter">How long the publisher asks to wait.</param>
/// <param name="Status">Status of the answer, where there was one.</param>
internal sealed record Attempt(
    Outcome Outcome,
    string Why,
    FileRecord? File = null,
    bool MayRetry = false,
    TimeSpan? RetryAfter = null,
    HttpStatusCode? Status = null);

using System.Net;
using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using Polly;
using Polly.Retry;
using Outcome = Aurum.Market.Feeds.Outcome;

namespace Aurum.App.Ingest;

/// <summary>Retries with exponential waits and jitter, following Retry-After.</summary>
internal static class SitePipeline
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <param name="site">Site; its limits say how often to try.</param>
    /// <param name="time">The clock of waits.</param>
    /// <param name="jitter">Draws between 0 and 1 that spread the waits; called from several threads.</param>
    public static ResiliencePipeline<Attempt> Build(Site site, TimeProvider time, Func<double> jitter)
    {
        var builder = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time, Name = site.Name };
        if (site.Limits.MaxAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = site.Limits.MaxAttempts - 1,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { MayRetry: true }),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Wait(args.AttemptNumber, args.Outcome.Result?.RetryAfter, jitter)),
            });
        }

        return builder.Build();
    }

    /// <summary>What the publisher asks for, but not less than the first wait; else twice as long each time, give or take a quarter,
    /// so that a later wait is always longer than an earlier one.</summary>
    private static TimeSpan Wait(int retry, TimeSpan? asked, Func<double> jitter)
    {
        if (asked is { } wait)
        {
            return wait > FirstWait ? wait : FirstWait;
        }

        var doubled = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, retry), LongestWait.TotalSeconds);
        return TimeSpan.FromSeconds(doubled * (0.75 + (jitter() / 2)));
    }
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

using NodaTime;

namespace Aurum.Market.Feeds;

/// <summary>One of a publisher's web sites: where it is by default and how gently it wants to be asked.</summary>
/// <param name="Name">Name that requests use, for example <c>caiso-oasis</c>.</param>
/// <param name="BaseAddress">The publisher's own address, without a trailing slash;
/// configuration may name another (the sandbox).</param>
/// <param name="Limits">How often and how much may be asked.</param>
public sealed record Site(string Name, Uri BaseAddress, SiteLimits Limits);

/// <summary>Limits of one site, each with its unit.</summary>
/// <param name="RequestsPerMinute">Requests in any minute, and the pace at which they go out.</param>
/// <param name="Burst">Requests that may go out at once after a pause.</param>
/// <param name="Concurrency">Requests in flight at the same time.</param>
/// <param name="RowsPerHour">Rows taken in an hour; 0 is no limit.</param>
/// <param name="BytesPerHour">Bytes taken in an hour; 0 is no limit.</param>
/// <param name="MaxResponseBytes">Largest answer that is accepted.</param>
/// <param name="TimeoutSeconds">Time for one attempt, body included.</param>
/// <param name="MaxAttempts">Attempts for one request, the first included.</param>
/// <param name="RequestsPerHour">Requests in any 60 minutes; 0 is no limit.</param>
/// <param name="RequestsPerDay">Requests in any 24 hours, also over restarts; 0 is no limit.</param>
/// <param name="LiveShare">Share of the requests that live collection gets while a backfill waits too.</param>
/// <param name="BreakerErrors">Errors within <paramref name="BreakerWindowSeconds"/> after which the site is left alone.</param>
/// <param name="BreakerWindowSeconds">Time in which errors are counted.</param>
/// <param name="BreakerOpenSeconds">How long the site is left alone.</param>
public sealed record SiteLimits(
    double RequestsPerMinute = 60,
    int Burst = 5,
    int Concurrency = 2,
    long RowsPerHour = 0,
    long BytesPerHour = 0,
    long MaxResponseBytes = 512L << 20,
    int TimeoutSeconds = 60,
    int MaxAttempts = 4,
    long RequestsPerHour = 0,
    long RequestsPerDay = 0,
    double LiveShare = 0.8,
    int BreakerErrors = 5,
    int BreakerWindowSeconds = 60,
    int BreakerOpenSeconds = 120);

/// <summary>When the windows of a feed appear, all relative to the start of the operating day in the feed's zone.</summary>
/// <param name="FirstAt">When the first rows of the day are published: 12 hours before it for a day-ahead market.</param>
/// <param name="CompleteAt">When the last rows of the day are there: 36 hours after its start.</param>
/// <param name="RefreshEvery">How often to look while the day is not complete; null where it comes in one piece.</param>
/// <param name="CorrectionsFor">How long after <paramref name="CompleteAt"/> the publisher may still change rows.</param>
/// <param name="CorrectionChecks">How often to look again during that time; null: never.</param>
/// <param name="KeptDays">How many days, the newest included, the publisher still shows; null: all of them.</param>
public sealed record Schedule(
    Duration FirstAt,
    Duration CompleteAt,
    Duration? RefreshEvery,
    Duration CorrectionsFor,
    Duration? CorrectionChecks,
    int? KeptDays = null);

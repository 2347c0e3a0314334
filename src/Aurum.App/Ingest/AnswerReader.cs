using System.Net;
using Aurum.Market.Feeds;

namespace Aurum.App.Ingest;

/// <summary>What the status line of an answer means. The body is judged by the feed's parser.</summary>
internal static class AnswerReader
{
    /// <summary>The outcome of a status that brings no file, with a sentence; null where the body is to be read.</summary>
    public static (Outcome Outcome, string Why)? OutcomeOf(HttpStatusCode status) => (int)status switch
    {
        200 => null,
        204 => (Outcome.NotYetPublished, "the publisher answered 204: no content yet"),
        404 or 410 => (Outcome.NotYetPublished, $"the publisher answered {(int)status}: no such file yet"),
        429 => (Outcome.Throttled, "the publisher answered 429: too many requests"),
        401 or 403 => (Outcome.Unavailable, $"the publisher answered {(int)status}: the credentials are missing or not accepted"),
        >= 500 => (Outcome.Unavailable, $"the publisher answered {(int)status}"),
        _ => (Outcome.Unavailable, $"the publisher answered {(int)status}, which this feed does not document"),
    };

    /// <summary>Whether asking again soon may help.</summary>
    public static bool IsWorthRetrying(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>How long the publisher asks to wait, at most <paramref name="longest"/>; null where it does not say.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now, TimeSpan longest)
    {
        var header = answer.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > longest ? longest : wait;
    }

    /// <summary>The file name that the publisher gives, else the one of the request.</summary>
    public static string FileName(HttpResponseMessage answer, FeedRequest request)
    {
        var given = answer.Content.Headers.ContentDisposition?.FileNameStar ?? answer.Content.Headers.ContentDisposition?.FileName;
        var name = given?.Trim('"', ' ');
        return string.IsNullOrEmpty(name) || name.AsSpan().ContainsAny('/', '\\') ? request.FileName : name;
    }
}

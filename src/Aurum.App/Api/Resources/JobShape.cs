using System.Globalization;
using Aurum.App.Api.Responses;
using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Store.Jobs;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary>A backfill job and how far it is.</summary>
/// <param name="Id">From its feeds and days: the same order has the same id.</param>
/// <param name="State">queued, running, paused, completed, incomplete, cancelled or failed.</param>
/// <param name="Why">Why it stands so; empty where that needs no reason.</param>
/// <param name="Text">A sentence for people.</param>
/// <param name="Priority">1 goes first, 10 last.</param>
/// <param name="Feeds">Feed ids.</param>
/// <param name="From">First operating day.</param>
/// <param name="To">Last operating day.</param>
/// <param name="Days">Days of all its feeds.</param>
/// <param name="DaysThere">Days that lack nothing.</param>
/// <param name="DaysMissing">Days that were tried and still lack something.</param>
/// <param name="Rows">Rows stored for its days.</param>
/// <param name="Requests">Requests that it was expected to take when it was ordered last.</param>
/// <param name="Minutes">Minutes that the publishers' limits made it take at least.</param>
/// <param name="Bytes">Bytes to fetch; null where no file of the kind was known.</param>
/// <param name="Warnings">Days that could not be had, or not in time.</param>
/// <param name="CreatedUtc">First order.</param>
/// <param name="ChangedUtc">Last change of state.</param>
/// <param name="StartedUtc">Last start.</param>
/// <param name="EndedUtc">End; null while it is unfinished.</param>
/// <param name="Progress">By feed; null in lists.</param>
/// <param name="Chunks">By feed and month; null in lists.</param>
internal sealed record JobShape(
    string Id, string State, string Why, string Text, int Priority, IReadOnlyList<FeedId> Feeds, LocalDate From, LocalDate To, long Days,
    long DaysThere, long DaysMissing, long Rows, long Requests, double Minutes, long? Bytes, IReadOnlyList<string> Warnings,
    Instant CreatedUtc, Instant ChangedUtc, Instant? StartedUtc, Instant? EndedUtc, IReadOnlyList<JobFeedShape>? Progress,
    IReadOnlyList<JobChunkShape>? Chunks)
{
    /// <summary>The answer about one job, with its parts.</summary>
    /// <param name="services">Where it is stored.</param>
    /// <param name="id">The job.</param>
    /// <param name="started">Timestamp of the request.</param>
    /// <param name="text">What to say of it; null: how it stands.</param>
    public static Answer<JobShape> Answer(ApiServices services, string id, long started, string? text = null)
    {
        var book = services.Store.Jobs;
        var job = book.Find(id)!;
        var shape = Of(book, job) with
        {
            Progress = [.. book.Feeds(id).Select(JobFeedShape.Of)],
            Chunks = [.. book.Chunks(id).Select(JobChunkShape.Of)],
        };
        return new Answer<JobShape>(
            text is null ? shape : shape with { Text = text }, 1, services.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>A job without its parts.</summary>
    public static JobShape Of(JobBook book, JobRecord job)
    {
        var progress = book.Progress(job.Id);
        return new JobShape(
            job.Id, job.State.Word(), job.Why, Sentence(job, progress), job.Priority, job.Feeds, job.FirstDay, job.LastDay, progress.Days,
            progress.DaysThere, progress.DaysMissing, progress.Rows, job.Cost.Requests, job.Cost.Minutes, job.Cost.Bytes, job.Warnings,
            job.CreatedAt, job.ChangedAt, job.StartedAt, job.EndedAt, null, null);
    }

    /// <summary>How a job stands: <c>job 0f3b…: running, priority 5; 12 of 30 days are there, 0 missing</c>.</summary>
    public static string Sentence(JobRecord job, JobProgress progress)
    {
        var why = job.Why.Length == 0 ? "" : $" ({job.Why})";
        var cost = job.State.IsUnfinished() ? $"; {BackfillCost.Describe(job.Cost)} when it was ordered" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"job {job.Id}: {job.State.Word()}{why}, priority {job.Priority}; "
            + $"{progress.DaysThere:N0} of {progress.Days:N0} days are there, {progress.DaysMissing:N0} tried and missing{cost}");
    }
}

/// <summary>How far a job is with one feed.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="From">First operating day.</param>
/// <param name="To">Last operating day.</param>
/// <param name="Days">Its days.</param>
/// <param name="DaysThere">Days that lack nothing.</param>
/// <param name="DaysMissing">Days that were tried and still lack something.</param>
/// <param name="Watermark">Last day such that all from the first one to it are there; null where the first is not.</param>
/// <param name="Rows">Rows stored for its days.</param>
internal sealed record JobFeedShape(
    FeedId Feed, LocalDate From, LocalDate To, long Days, long DaysThere, long DaysMissing, LocalDate? Watermark, long Rows)
{
    public static JobFeedShape Of(JobFeedProgress feed) => new(
        feed.Feed, feed.FirstDay, feed.LastDay, feed.Progress.Days, feed.Progress.DaysThere, feed.Progress.DaysMissing,
        feed.Progress.Through, feed.Progress.Rows);
}

/// <summary>A part of a job: days of a feed within a month.</summary>
/// <param name="Id">From its feed and days; the same in all jobs that have it.</param>
/// <param name="Feed">Feed id.</param>
/// <param name="From">First operating day.</param>
/// <param name="To">Last operating day.</param>
/// <param name="State">done, missing (all tried, some without success), begun or waiting.</param>
/// <param name="Days">Its days.</param>
/// <param name="DaysThere">Days that lack nothing.</param>
/// <param name="DaysMissing">Days that were tried and still lack something.</param>
/// <param name="DropsUtc">When the publisher ceases to show its first day; null: never.</param>
internal sealed record JobChunkShape(
    string Id, FeedId Feed, LocalDate From, LocalDate To, string State, long Days, long DaysThere, long DaysMissing, Instant? DropsUtc)
{
    public static JobChunkShape Of(JobChunkProgress part) => new(
        part.Chunk.Id, part.Chunk.Feed, part.Chunk.FirstDay, part.Chunk.LastDay, part.State, part.Progress.Days,
        part.Progress.DaysThere, part.Progress.DaysMissing, part.Chunk.DropsAt);
}

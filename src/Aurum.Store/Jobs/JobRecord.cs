using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Jobs;

/// <summary>A backfill job as it is stored. Progress is not part of it: that follows from the ledger.</summary>
/// <param name="Id">From its feeds and days, so that the same order is the same job: 12 hexadecimal digits.</param>
/// <param name="State">How it stands.</param>
/// <param name="Why">Why it stands so; empty where that needs no reason.</param>
/// <param name="Priority">1 goes first, 10 last.</param>
/// <param name="Feeds">Feeds, in the order of the work.</param>
/// <param name="FirstDay">First operating day that was ordered.</param>
/// <param name="LastDay">Last operating day that was ordered.</param>
/// <param name="Cost">What it was expected to take, when it was ordered last.</param>
/// <param name="Warnings">What could not be had, or not in time, when it was ordered last; a sentence each.</param>
/// <param name="CreatedAt">First order.</param>
/// <param name="ChangedAt">Last change of state.</param>
/// <param name="StartedAt">Last start; null where it never ran.</param>
/// <param name="EndedAt">End; null while it is unfinished.</param>
public sealed record JobRecord(
    string Id,
    JobState State,
    string Why,
    int Priority,
    IReadOnlyList<FeedId> Feeds,
    LocalDate FirstDay,
    LocalDate LastDay,
    JobCost Cost,
    IReadOnlyList<string> Warnings,
    Instant CreatedAt,
    Instant ChangedAt,
    Instant? StartedAt,
    Instant? EndedAt);

/// <summary>What a job is expected to take.</summary>
/// <param name="Requests">First pages of requests.</param>
/// <param name="Minutes">Minutes that the publishers' limits make it take at least.</param>
/// <param name="Bytes">Bytes to fetch; null where no file of the kind is known.</param>
public readonly record struct JobCost(long Requests, double Minutes, long? Bytes);

/// <summary>A part of a job: days of a feed within one calendar month. Doing it twice is doing it once, in whatever job.</summary>
/// <param name="Id">From its feed and days: 12 hexadecimal digits; equal in all jobs that have it.</param>
/// <param name="Feed">Feed.</param>
/// <param name="FirstDay">First operating day.</param>
/// <param name="LastDay">Last operating day.</param>
/// <param name="DropsAt">When the publisher ceases to show its first day; null: never.</param>
public sealed record JobChunk(string Id, FeedId Feed, LocalDate FirstDay, LocalDate LastDay, Instant? DropsAt);

/// <summary>How far a job is, in all or for one feed or chunk, as the ledger says.</summary>
/// <param name="Days">Operating days.</param>
/// <param name="DaysThere">Days that lack nothing.</param>
/// <param name="DaysMissing">Days that were tried and still lack something; the rest was never tried.</param>
/// <param name="Rows">Rows stored for the days.</param>
/// <param name="Through">Last day such that all from the first one to it are there; null where the first is not.</param>
public readonly record struct JobProgress(long Days, long DaysThere, long DaysMissing, long Rows, LocalDate? Through);

/// <summary>Progress of one feed of a job.</summary>
public sealed record JobFeedProgress(FeedId Feed, LocalDate FirstDay, LocalDate LastDay, JobProgress Progress);

/// <summary>Progress of one chunk of a job.</summary>
/// <param name="Chunk">Which one.</param>
/// <param name="State"><c>done</c>, <c>missing</c> (all tried, some without success), <c>begun</c> or <c>waiting</c>.</param>
/// <param name="Progress">Its days.</param>
public sealed record JobChunkProgress(JobChunk Chunk, string State, JobProgress Progress);

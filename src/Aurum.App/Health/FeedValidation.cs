using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Health;

/// <summary>What the quality gate made of a feed in the last seven days.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="Suite">Name of its suite.</param>
/// <param name="RunAt">The latest delivery; null where there was none.</param>
/// <param name="Success">Whether nothing was held back or stopped.</param>
/// <param name="RowsRead">Rows that were read.</param>
/// <param name="RowsQuarantined">Rows of them that were held back.</param>
/// <param name="SuccessPercent">Rows that passed, in percent; null where none was read.</param>
/// <param name="StoppedBatches">Deliveries that could not be read or that the gate stopped.</param>
/// <param name="FailedExpectations">Expectations that rows were held back for, the most rows first.</param>
/// <param name="LastChecks">Expectations of the latest batch that did not hold; null where none was judged yet.</param>
/// <param name="Batches">The latest batches that were judged, newest first.</param>
/// <param name="Warnings">What was noticed about rows of the last seven operating days after they were stored.</param>
internal sealed record FeedValidation(
    FeedId Feed, string Suite, Instant? RunAt, bool Success, long RowsRead, long RowsQuarantined, double? SuccessPercent,
    long StoppedBatches, IReadOnlyList<FailedExpectation> FailedExpectations, IReadOnlyList<FailedCheck>? LastChecks,
    IReadOnlyList<JudgedBatch> Batches, IReadOnlyList<FeedWarning> Warnings)
{
    private const int Days = 7;
    private const int BatchesTold = 5;

    /// <param name="store">Store.</param>
    /// <param name="feeds">Feeds of one publisher.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<FeedValidation> All(StoreReader store, IEnumerable<Feed> feeds, Instant now)
    {
        var since = now - Duration.FromDays(Days);
        var tries = FeedTries.Read(store, since);
        var failed = FailedExpectation.Read(store, since);
        var warnings = FeedWarning.Read(store, since.InUtc().Date);
        return
        [
            .. feeds.OrderBy(f => f.Id).Select(f => Of(
                f,
                tries.GetValueOrDefault(f.Id),
                [.. failed[f.Id]],
                [.. store.GateResults(f.Id, BatchesTold).Select(JudgedBatch.Of)],
                [.. warnings[f.Id]])),
        ];
    }

    private static FeedValidation Of(
        Feed feed, FeedTries? tries, IReadOnlyList<FailedExpectation> failed, IReadOnlyList<JudgedBatch> batches,
        IReadOnlyList<FeedWarning> warnings) => new(
            feed.Id, feed.Suite, tries?.LastTriedAt, failed.Count == 0 && tries is not { StoppedBatches: > 0 }, tries?.RowsRead ?? 0,
            tries?.RowsQuarantined ?? 0,
            tries is { RowsRead: > 0 } ? 100.0 * (tries.RowsRead - tries.RowsQuarantined) / tries.RowsRead : null,
            tries?.StoppedBatches ?? 0, failed, batches is [var last, ..] ? last.FailedChecks : null, batches, warnings);
}

/// <summary>An expectation that rows were held back for.</summary>
/// <param name="Expectation">Name with its columns.</param>
/// <param name="Rows">Rows held back.</param>
/// <param name="LatestUtc">The latest of them.</param>
/// <param name="Example">The latest one's reason.</param>
internal sealed record FailedExpectation(string Expectation, long Rows, Instant LatestUtc, string Example)
{
    public static ILookup<FeedId, FailedExpectation> Read(StoreReader store, Instant since)
    {
        var found = new List<(FeedId Feed, FailedExpectation Failed)>();
        using var rows = store.Sql(
            $"""
            select feed, expectation, count(*), epoch_us(max(known_at)), arg_max(reason, quarantine_id) from quarantine
            where known_at > '{since:uuuu-MM-dd'T'HH:mm:ss'Z'}' group by feed, expectation order by count(*) desc, expectation
            """);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                found.Add((new FeedId(Encoding.UTF8.GetString(rows.Text(0, i))), new FailedExpectation(
                    Encoding.UTF8.GetString(rows.Text(1, i)), rows.Whole(2, i), Instant.FromUnixTimeTicks(rows.Whole(3, i) * 10),
                    Encoding.UTF8.GetString(rows.Text(4, i)))));
            }
        }

        return found.ToLookup(f => f.Feed, f => f.Failed);
    }
}

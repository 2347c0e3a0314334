using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Health;

/// <summary>What came of a feed's tries, from the store.</summary>
/// <param name="Tries">Tries in the window.</param>
/// <param name="Successes">Those that brought data or the publisher's word that there is none.</param>
/// <param name="Errors">Those that were throttled, unavailable or malformed.</param>
/// <param name="RowsRead">Rows read in the window.</param>
/// <param name="RowsQuarantined">Rows of them held back.</param>
/// <param name="StoppedBatches">Deliveries in the window that could not be read or that the gate stopped.</param>
/// <param name="LastOutcome">Outcome of the latest try ever.</param>
/// <param name="LastTriedAt">The latest try ever.</param>
/// <param name="LastSuccessAt">The latest success ever; null where there was none.</param>
/// <param name="LastError">The latest error ever; null where there was none.</param>
internal sealed record FeedTries(
    long Tries, long Successes, long Errors, long RowsRead, long RowsQuarantined, long StoppedBatches, Outcome LastOutcome,
    Instant LastTriedAt, Instant? LastSuccessAt, LastError? LastError)
{
    /// <summary>By feed; a feed that was never tried is not in it.</summary>
    /// <param name="store">Store.</param>
    /// <param name="since">Start of the window.</param>
    public static IReadOnlyDictionary<FeedId, FeedTries> Read(StoreReader store, Instant since)
    {
        var all = new Dictionary<FeedId, FeedTries>();
        using var rows = store.Sql(
            $"""
            with tries as (
              select *, known_at > '{since:uuuu-MM-dd'T'HH:mm:ss'Z'}' as recent, outcome in (1, 2) as ok, outcome in (4, 5, 6) as bad
              from deliveries)
            select feed, count(*) filter (where recent), count(*) filter (where recent and ok), count(*) filter (where recent and bad),
              coalesce(cast(sum(rows_new + rows_changed + rows_identical + rows_duplicate + rows_quarantined) filter (where recent) as bigint), 0),
              coalesce(cast(sum(rows_quarantined) filter (where recent) as bigint), 0), count(*) filter (where recent and outcome = 6),
              arg_max(outcome, delivery_id), epoch_us(max(known_at)), epoch_us(max(known_at) filter (where ok)),
              arg_max(outcome, delivery_id) filter (where bad), arg_max(why, delivery_id) filter (where bad), epoch_us(max(known_at) filter (where bad))
            from tries group by feed
            """);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var feed = new FeedId(Encoding.UTF8.GetString(rows.Text(0, i)));
                all[feed] = new FeedTries(
                    rows.Whole(1, i), rows.Whole(2, i), rows.Whole(3, i), rows.Whole(4, i), rows.Whole(5, i), rows.Whole(6, i),
                    (Outcome)rows.Whole(7, i), At(rows, 8, i), rows.IsNull(9, i) ? null : At(rows, 9, i), ErrorOf(feed, rows, i));
            }
        }

        return all;
    }

    private static LastError? ErrorOf(FeedId feed, RowReader rows, int i) => rows.IsNull(10, i)
        ? null
        : new LastError(feed, (Outcome)rows.Whole(10, i), Encoding.UTF8.GetString(rows.Text(11, i)), At(rows, 12, i));

    private static Instant At(RowReader rows, int column, int row) => Instant.FromUnixTimeTicks(rows.Whole(column, row) * 10);
}

/// <summary>A try that failed.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="Outcome">Throttled, Unavailable or Malformed.</param>
/// <param name="Why">A sentence; no secret is in it.</param>
/// <param name="AtUtc">When.</param>
internal sealed record LastError(FeedId Feed, Outcome Outcome, string Why, Instant AtUtc);

using Aurum.Market.Feeds;
using Aurum.Store.DuckDb;
using Aurum.Store.Rows;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Ledger;

/// <summary>Moves the ledger and the watermark of a feed on, inside a commit's transaction.</summary>
internal sealed class LedgerWriter(DuckDbConnection connection)
{
    /// <summary>Returns the number of the try. A day that is settled stays settled when a later look fails or finds
    /// less.</summary>
    public int Write(PendingDelivery delivery, DayOutcome outcome, long newRows)
    {
        var before = Find(delivery);
        var settles = outcome.IsComplete && outcome.Outcome.IsSettled();
        var stands = before is { IsSettled: true } && !settles;
        using var write = connection.Prepare(before is null ? DeliverySql.InsertLedger : DeliverySql.UpdateLedger);
        write.Bind((int)(stands ? before!.Outcome : outcome.Outcome))
            .Bind(stands ? before!.Why : outcome.Why)
            .Bind(stands || outcome.IsComplete)
            .Bind((int)outcome.Outcome)
            .Bind(outcome.Why)
            .Bind((before?.Attempts ?? 0) + 1)
            .Bind(before?.FirstTriedAt ?? delivery.KnownAt)
            .Bind(delivery.KnownAt)
            .Bind((before?.Rows ?? 0) + newRows)
            .Bind(outcome.NextDue)
            .Bind(delivery.Feed.Id.Text)
            .Bind(delivery.Day.Date)
            .Run();
        MoveWatermark(delivery.Feed.Id.Text, delivery.Day.Date);
        return (before?.Attempts ?? 0) + 1;
    }

    private Standing? Find(PendingDelivery delivery)
    {
        using var find = connection.Prepare(DeliverySql.FindLedger).Bind(delivery.Feed.Id.Text).Bind(delivery.Day.Date);
        using var row = find.Query();
        return row.NextChunk()
            ? new Standing(
                (Outcome)row.Int32(0, 0), row.String(1, 0), row.Boolean(2, 0), row.Int32(3, 0), row.Instant(4, 0), row.Int64(5, 0))
            : null;
    }

    private void MoveWatermark(string feed, LocalDate day)
    {
        var (first, through) = FindWatermark(feed);
        var from = first is null || day < first ? day : first.Value;
        var start = from == first && through is { } last ? last.PlusDays(1) : from;
        var reached = Reach(feed, start) ?? (from == first ? through : null);
        if (from == first && reached == through)
        {
            return;
        }

        using var write = connection.Prepare(first is null ? DeliverySql.InsertWatermark : DeliverySql.UpdateWatermark);
        write.Bind(from).Bind(reached).Bind(feed).Run();
    }

    private (LocalDate? First, LocalDate? Through) FindWatermark(string feed)
    {
        using var find = connection.Prepare(DeliverySql.FindWatermark).Bind(feed);
        using var row = find.Query();
        return row.NextChunk() ? (row.Date(0, 0), row.DateOrNull(1, 0)) : (null, null);
    }

    /// <summary>Last day of the unbroken run of settled days from a day on; null where that day is not settled.</summary>
    private LocalDate? Reach(string feed, LocalDate start)
    {
        using var find = connection.Prepare(DeliverySql.SettledDays).Bind(feed).Bind(start);
        using var days = find.Query();
        LocalDate? reached = null;
        while (days.NextChunk())
        {
            for (var i = 0; i < days.Count; i++)
            {
                if (days.Date(0, i) != (reached?.PlusDays(1) ?? start))
                {
                    return reached;
                }

                reached = days.Date(0, i);
            }
        }

        return reached;
    }

    private sealed record Standing(Outcome Outcome, string Why, bool IsComplete, int Attempts, Instant FirstTriedAt, long Rows)
    {
        public bool IsSettled => IsComplete && Outcome.IsSettled();
    }
}

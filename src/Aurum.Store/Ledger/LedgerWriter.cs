using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Rows;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Ledger;

/// <summary>Moves the ledger and the watermark of a feed on, inside a commit's transaction.</summary>
/// <param name="connection">Where the transaction runs.</param>
/// <param name="feed">What is remembered of the feed; told of the change by <see cref="Committed"/> alone.</param>
internal sealed class LedgerWriter(EngineConnection connection, FeedState feed)
{
    private LedgerEntry? _written;
    private (LocalDate First, LocalDate? Through)? _watermark;

    /// <summary>Returns the number of the try. A day that is settled stays settled when a later look fails or finds
    /// less.</summary>
    public int Write(PendingDelivery delivery, DayOutcome outcome, long newRows)
    {
        var before = feed.EntryOf(connection, delivery.Day.Date);
        var settles = outcome.IsComplete && outcome.Outcome.IsSettled();
        var stands = before is { IsSettled: true } && !settles;
        var after = new LedgerEntry(
            delivery.Feed.Id,
            delivery.Day.Date,
            stands ? before!.Outcome : outcome.Outcome,
            stands ? before!.Why : outcome.Why,
            stands || outcome.IsComplete,
            outcome.Outcome,
            outcome.Why,
            (before?.Attempts ?? 0) + 1,
            before?.FirstTriedAt ?? delivery.KnownAt,
            delivery.KnownAt,
            (before?.Rows ?? 0) + newRows,
            outcome.NextDue is { } due ? EngineTimes.Truncate(due) : null);
        using var write = connection.Prepare(before is null ? DeliverySql.InsertLedger : DeliverySql.UpdateLedger);
        write.Bind((int)after.Outcome)
            .Bind(after.Why)
            .Bind(after.IsComplete)
            .Bind((int)after.LastOutcome)
            .Bind(after.LastWhy)
            .Bind(after.Attempts)
            .Bind(after.FirstTriedAt)
            .Bind(after.LastTriedAt)
            .Bind(after.Rows)
            .Bind(after.NextDue)
            .Bind(delivery.Feed.Id.Text)
            .Bind(delivery.Day.Date)
            .Run();
        _written = after;
        _watermark = MoveWatermark(delivery.Feed.Id.Text, delivery.Day.Date, after.IsSettled);
        return after.Attempts;
    }

    /// <summary>To be called when the transaction is durable.</summary>
    public void Committed()
    {
        if (_written is { } entry)
        {
            feed.Settled(entry, _watermark);
        }
    }

    private (LocalDate First, LocalDate? Through) MoveWatermark(string name, LocalDate day, bool isSettled)
    {
        var before = feed.Watermark;
        if (before is var (first, through) && day >= first)
        {
            // The day after the watermark was a hole until now: only it can move the mark.
            if (!isSettled || day != (through?.PlusDays(1) ?? first))
            {
                return (first, through);
            }
        }

        var from = before is var (known, _) && known <= day ? known : day;
        var moved = (from, Reach(name, day) ?? (before is var (same, mark) && same == from ? mark : null));
        using var write = connection.Prepare(before is null ? DeliverySql.InsertWatermark : DeliverySql.UpdateWatermark);
        write.Bind(moved.from).Bind(moved.Item2).Bind(name).Run();
        return moved;
    }

    /// <summary>Last day of the unbroken run of settled days from a day on; null where that day is not settled.</summary>
    private LocalDate? Reach(string name, LocalDate start)
    {
        using var find = connection.Prepare(DeliverySql.SettledDays).Bind(name).Bind(start);
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
}

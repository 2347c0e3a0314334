using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store.Archive;
using Aurum.Store.DuckDb;
using Aurum.Store.Ledger;
using Aurum.Store.Locations;
using Aurum.Store.Sql;
using Aurum.Store.Watch;

namespace Aurum.Store.Rows;

/// <summary>Writes all of a commit but its rows, inside the commit's transaction: files, dead letters, ledger, watermark, places,
/// hours and the delivery itself, which is also the outbox entry.</summary>
internal sealed class DeliveryWriter(StoreState state, DuckDbConnection connection)
{
    private IReadOnlyList<LocationChange> _changes = [];
    private IReadOnlyCollection<long> _newHours = [];
    private long? _judged;

    public CommitReceipt Write(
        PendingDelivery delivery, DayOutcome outcome, IReadOnlyCollection<Location> locations, IReadOnlyCollection<long> newHours)
    {
        var id = state.NextDelivery();
        var counts = delivery.Counts.Total;
        var attempt = new LedgerWriter(connection).Write(delivery, outcome, counts.New);
        InsertDelivery(id, delivery, outcome, attempt, counts);
        InsertFiles(id, delivery);
        InsertDeadLetters(id, delivery);
        InsertQuarantine(id, delivery, counts.Quarantined);
        InsertDrift(id, delivery);
        WriteShapes(delivery);
        WriteGate(id, delivery);
        WriteHours(delivery.Feed.Id, newHours);
        WriteLocations(delivery, locations);
        return new CommitReceipt(
            delivery.Feed.Id,
            delivery.Day.Date,
            delivery.KnownAt,
            counts.New,
            counts.Changed,
            counts.Identical,
            counts.Duplicate,
            counts.Quarantined,
            _changes.Count(c => (c.What & LocationSql.Registered) != 0),
            id);
    }

    /// <summary>Takes over in memory what the transaction has made durable. Still under the commit lock.</summary>
    public void Committed(Feed feed)
    {
        var remembered = state.Feed(feed.Id);
        remembered.Committed(_newHours);
        remembered.Committed(_judged);
        if (_changes.Count > 0)
        {
            state.Locations.Committed(feed.Contract!.IsoCode, _changes, remembered.LocationDays(connection));
        }
    }

    private void InsertDelivery(long id, PendingDelivery delivery, DayOutcome outcome, int attempt, RowCounts counts)
    {
        using var insert = connection.Prepare(DeliverySql.InsertDelivery);
        insert.Bind(id).Bind(delivery.Feed.Id.Text).Bind(delivery.Day.Date).Bind(delivery.Feed.TableName).Bind(delivery.KnownAt)
            .Bind(attempt).Bind((int)outcome.Outcome).Bind(outcome.Why).Bind(outcome.IsComplete).Bind(outcome.NextDue)
            .Bind(counts.New).Bind(counts.Changed).Bind(counts.Identical).Bind(counts.Duplicate).Bind(counts.Quarantined)
            .Run();
    }

    private void InsertFiles(long id, PendingDelivery delivery)
    {
        if (delivery.Files.Count == 0)
        {
            return;
        }

        using var insert = connection.Prepare(DeliverySql.InsertFile);
        foreach (var (fileId, file) in delivery.Files)
        {
            var fetch = file.Fetch;
            var counts = delivery.Counts[fileId];
            insert.Bind(fileId).Bind(id).Bind(fetch.Feed.Text).Bind(fetch.Day).Bind(fetch.Site).Bind(fetch.PathAndQuery)
                .Bind(fetch.FileName).Bind(fetch.Status).Bind(FileRecordJson.HeadersText(fetch.RequestHeaders))
                .Bind(FileRecordJson.HeadersText(fetch.ResponseHeaders)).Bind(file.Sha256).Bind(file.SizeBytes)
                .Bind(file.ReceivedAt).Bind(file.ScrubbedSecrets).Bind(counts.New).Bind(counts.Changed).Bind(counts.Identical)
                .Bind(counts.Duplicate).Bind(counts.Quarantined)
                .Run();
        }
    }

    private void InsertDeadLetters(long id, PendingDelivery delivery)
    {
        if (delivery.DeadLetters.Count == 0)
        {
            return;
        }

        using var insert = connection.Prepare(DeliverySql.InsertDeadLetter);
        foreach (var letter in delivery.DeadLetters)
        {
            insert.Bind(state.NextDeadLetter()).Bind(id).Bind(delivery.Feed.Id.Text).Bind(delivery.Day.Date)
                .Bind(delivery.IdOf(letter.File)).Bind(letter.Place).Bind(letter.Expected).Bind(letter.Found)
                .Bind(delivery.KnownAt)
                .Run();
        }
    }

    private void InsertDrift(long id, PendingDelivery delivery)
    {
        if (delivery.Drift.Count == 0)
        {
            return;
        }

        using var insert = connection.Prepare(DeliverySql.InsertDrift);
        foreach (var note in delivery.Drift)
        {
            insert.Bind(state.NextDrift()).Bind(id).Bind(delivery.Feed.Id.Text).Bind(delivery.Day.Date)
                .Bind(delivery.IdOf(note.File)).Bind(note.Kind).Bind(note.Subject).Bind(note.Expected).Bind(note.Found)
                .Bind(delivery.KnownAt)
                .Run();
        }
    }

    private void WriteShapes(PendingDelivery delivery)
    {
        if (delivery.Shapes.Count == 0)
        {
            return;
        }

        using var delete = connection.Prepare(DeliverySql.DeleteShape);
        using var insert = connection.Prepare(DeliverySql.InsertShape);
        foreach (var shape in delivery.Shapes)
        {
            delete.Bind(delivery.Feed.Id.Text).Bind(shape.Form).Run();
            insert.Bind(delivery.Feed.Id.Text).Bind(shape.Form).Bind(shape.Columns).Bind(shape.IsWhole).Bind(delivery.KnownAt)
                .Run();
        }
    }

    private void WriteGate(long id, PendingDelivery delivery)
    {
        if (delivery.Gate is not { } gate)
        {
            return;
        }

        using var insert = connection.Prepare(WatchSql.InsertGateResult);
        insert.Bind(id).Bind(delivery.Feed.Id.Text).Bind(delivery.Day.Date).Bind(gate.Suite).Bind(gate.Overall).Bind(gate.Rows)
            .Bind(gate.Quarantined).Bind(gate.Failed).Bind(delivery.KnownAt)
            .Run();
        if (state.Feed(delivery.Feed.Id).OutdatedGate(connection) is { } outdated)
        {
            using var delete = connection.Prepare(WatchSql.DeleteGateResults);
            delete.Bind(delivery.Feed.Id.Text).Bind(outdated).Run();
        }

        _judged = id;
    }

    private void InsertQuarantine(long id, PendingDelivery delivery, long count)
    {
        if (count == 0)
        {
            return;
        }

        using var insert = connection.Prepare(DeliverySql.InsertQuarantine);
        var written = insert.Bind(state.ReserveQuarantined(count)).Bind(id).Bind(delivery.Feed.TableName)
            .Bind(delivery.Feed.Id.Text).Bind(delivery.Day.Date).Bind(delivery.KnownAt)
            .Run();
        if (written != count)
        {
            throw new StoreException($"{delivery.Feed.Id} {delivery.Day}: {count} rows to quarantine, {written} written");
        }
    }

    private void WriteHours(FeedId feed, IReadOnlyCollection<long> newHours)
    {
        if (newHours.Count == 0)
        {
            return;
        }

        var hours = state.Feed(feed).Hours(connection).With(newHours);
        using var delete = connection.Prepare(DeliverySql.DeleteHours);
        delete.Bind(feed.Text).Run();
        AppendHours(feed, hours);
        _newHours = newHours;
    }

    private void AppendHours(FeedId feed, HourRanges hours)
    {
        var name = Encoding.UTF8.GetBytes(feed.Text);
        using var appender = connection.Append(DeliverySql.Hours);
        foreach (var ranges in hours.Ranges.Chunk(DuckDbAppender.Capacity))
        {
            for (var i = 0; i < ranges.Length; i++)
            {
                appender.SetText(0, i, name);
                (appender.Longs(1)[i], appender.Longs(2)[i]) = ranges[i];
            }

            appender.Push(ranges.Length);
        }

        appender.Finish();
    }

    private void WriteLocations(PendingDelivery delivery, IReadOnlyCollection<Location> locations)
    {
        if (locations.Count == 0 || delivery.Feed.Contract is not { } contract)
        {
            return;
        }

        var feed = delivery.Feed;
        _changes = state.Locations.Plan(feed, delivery.Day.Date, locations, state.Feed(feed.Id).LocationDays(connection));
        LocationWriter.Write(connection, contract.IsoCode, feed.Id.Text, delivery.Day.Date, _changes);
    }
}

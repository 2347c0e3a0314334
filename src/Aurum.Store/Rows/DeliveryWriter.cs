using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store.Archive;
using Aurum.Store.Engines;
using Aurum.Store.Ledger;
using Aurum.Store.Locations;
using Aurum.Store.Sql;
using Aurum.Store.Watch;

namespace Aurum.Store.Rows;

/// <summary>Writes all of a commit but its rows, inside the commit's transaction: files, dead letters, ledger, watermark, places,
/// hours and the delivery itself, which is also the outbox entry.</summary>
internal sealed class DeliveryWriter(StoreState state, EngineConnection connection)
{
    private IReadOnlyList<LocationChange> _changes = [];
    private IReadOnlyList<(string Iso, string Id, string Type)> _retired = [];
    private IReadOnlyCollection<long> _newHours = [];
    private long? _judged;
    private LedgerWriter? _ledger;

    public CommitReceipt Write(
        PendingDelivery delivery, DayOutcome outcome, IReadOnlyCollection<Location> locations, IReadOnlyCollection<long> newHours)
    {
        if (state.IsShared)
        {
            FeedGates.Claim(connection, state.Feed(delivery.Feed.Id));
        }

        if (delivery.Lease is { } lease)
        {
            state.Engine.Sharing?.Hold(connection, lease);
        }

        var id = state.NextDelivery();
        var counts = delivery.Counts.Total;
        _newHours = newHours;
        if (!state.Options.RowsOnly)
        {
            WriteAround(id, delivery, outcome);
            WriteHours(delivery.Feed.Id);
            WriteLocations(id, delivery, outcome, locations);
        }

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
        remembered.ClaimedVersion();
        _ledger?.Committed();
        foreach (var hour in _newHours)
        {
            remembered.Hours.Add(hour);
        }

        if (_judged is { } judged)
        {
            remembered.Judged(judged);
        }

        if (_changes.Count > 0)
        {
            state.Locations.Committed(
                feed.Contract!.IsoCode, _changes, remembered.LocationDays(connection), state.Engine.Ids.Last(StoreId.Locations));
        }

        if (_retired.Count > 0)
        {
            state.Locations.Retired(_retired, state.Engine.Ids.Last(StoreId.Locations));
        }
    }

    private void WriteAround(long id, PendingDelivery delivery, DayOutcome outcome)
    {
        var counts = delivery.Counts.Total;
        _ledger = new LedgerWriter(connection, state.Feed(delivery.Feed.Id));
        var attempt = _ledger.Write(delivery, outcome, counts.New);
        InsertDelivery(id, delivery, outcome, attempt, counts);
        InsertFiles(id, delivery);
        InsertDeadLetters(id, delivery);
        InsertQuarantine(id, delivery, counts.Quarantined);
        InsertDrift(id, delivery);
        WriteShapes(delivery);
        WriteGate(id, delivery);
    }

    private void InsertDelivery(long id, PendingDelivery delivery, DayOutcome outcome, int attempt, RowCounts counts)
    {
        using var rows = new RecordAppender(connection, DeliverySql.Deliveries, DeliverySql.DeliveryColumns);
        rows.Add(id).Add(delivery.Feed.Id.Text).Add(delivery.Day.Date).Add(delivery.Feed.TableName).Add(delivery.KnownAt)
            .Add(attempt).Add((int)outcome.Outcome).Add(outcome.Why).Add(outcome.IsComplete).Add(outcome.NextDue)
            .Add(counts.New).Add(counts.Changed).Add(counts.Identical).Add(counts.Duplicate).Add(counts.Quarantined)
            .End();
        rows.Finish();
    }

    private void InsertFiles(long id, PendingDelivery delivery)
    {
        if (delivery.Files.Count == 0)
        {
            return;
        }

        using var rows = new RecordAppender(connection, DeliverySql.Files, DeliverySql.FileColumns);
        foreach (var (fileId, file) in delivery.Files)
        {
            var fetch = file.Fetch;
            var counts = delivery.Counts[fileId];
            rows.Add(fileId).Add(id).Add(fetch.Feed.Text).Add(fetch.Day).Add(fetch.Site).Add(fetch.PathAndQuery)
                .Add(fetch.FileName).Add(fetch.Status).Add(FileRecordJson.HeadersText(fetch.RequestHeaders))
                .Add(FileRecordJson.HeadersText(fetch.ResponseHeaders)).Add(file.Sha256).Add(file.SizeBytes)
                .Add(file.ReceivedAt).Add(file.ScrubbedSecrets).Add(counts.New).Add(counts.Changed).Add(counts.Identical)
                .Add(counts.Duplicate).Add(counts.Quarantined)
                .End();
        }

        rows.Finish();
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

        using (var rows = new RecordAppender(connection, WatchSql.GateResults, WatchSql.GateResultColumns))
        {
            rows.Add(id).Add(delivery.Feed.Id.Text).Add(delivery.Day.Date).Add(gate.Suite).Add(gate.Overall).Add(gate.Rows)
                .Add(gate.Quarantined).Add(gate.Failed).Add(delivery.KnownAt)
                .End();
            rows.Finish();
        }

        if (state.Feed(delivery.Feed.Id).OutdatedGate() is { } outdated)
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

    private void WriteHours(FeedId feed)
    {
        if (_newHours.Count == 0)
        {
            return;
        }

        var hours = state.Feed(feed).Hours.With(_newHours);
        using var delete = connection.Prepare(DeliverySql.DeleteHours);
        delete.Bind(feed.Text).Run();
        AppendHours(feed, hours);
    }

    private void AppendHours(FeedId feed, HourRanges hours)
    {
        var name = Encoding.UTF8.GetBytes(feed.Text);
        using var appender = connection.Append(DeliverySql.Hours);
        foreach (var ranges in hours.Ranges.Chunk(EngineAppender.Capacity))
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

    private void WriteLocations(long id, PendingDelivery delivery, DayOutcome outcome, IReadOnlyCollection<Location> locations)
    {
        if (locations.Count == 0 || delivery.Feed.Contract is not { } contract)
        {
            return;
        }

        var (feed, day) = (delivery.Feed, delivery.Day.Date);
        var days = state.Feed(feed.Id).LocationDays(connection);
        _changes = state.Locations.Plan(feed, day, locations, days);
        LocationWriter.Write(connection, contract.IsoCode, feed.Id.Text, day, id, _changes);
        if (outcome.IsComplete && state.Locations.MayRetire(contract.IsoCode, day, _changes, days))
        {
            _retired = LocationWriter.Retire(connection, contract.IsoCode, id);
        }

        if (_changes.Count + _retired.Count > 0)
        {
            state.Engine.Ids.Next(StoreId.Locations);
        }
    }
}

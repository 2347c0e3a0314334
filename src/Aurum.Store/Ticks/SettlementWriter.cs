using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>Writes a settlement on a connection whose transaction somebody else has begun and ends.</summary>
internal sealed class SettlementWriter(EngineConnection connection)
{
    public void Write(TickSettlement settlement)
    {
        WriteNames(settlement);
        TickRows.Table.Append(connection, settlement, settlement.TickPile.Items);
        BarRows.Table.Append(connection, settlement, settlement.BarPile.Items);
        CurvePointRows.Table.Append(connection, settlement, settlement.PointPile.Items);
        WriteLatest(settlement);
        WriteLetters(settlement);
        WriteRedriven(settlement.Redriven);
        WriteStreams(settlement);
        WriteSubmissions(settlement);
        WriteProgress(settlement);
    }

    /// <summary>Forgets submissions before an instant, and all but the last ones.</summary>
    public void ForgetSubmissions(Instant before, long kept)
    {
        using var forget = connection.Prepare(TickSql.ForgetSubmissions);
        forget.Bind(before).Bind(kept).Run();
    }

    /// <summary>Notes letters as sent again; frame 0: what came of them is in frames that others make.</summary>
    public void WriteRedriven(IReadOnlyCollection<(TickToken Letter, long Frame, long KnownMicros)> letters)
    {
        if (letters.Count == 0)
        {
            return;
        }

        connection.Execute(TickSql.CreateRedrivenStage);
        Append(TickSql.RedrivenStage, TickSql.RedrivenColumns, letters, static (to, r) => to
            .Add(r.Letter.Frame).Add(r.Letter.Index).Add(r.Frame).Add(r.KnownMicros).End());
        connection.Execute(TickSql.UpdateRedriven);
        connection.Execute(TickSql.DropRedrivenStage);
    }

    private void WriteNames(TickSettlement settlement)
    {
        Append(TickSql.Instruments, TickSql.InstrumentColumns, settlement.Instruments.Numbered(), static (to, i) => to
            .Add(i.Number).Add(i.Name.Tenant).Add(i.Name.InstrumentId).Add(i.Name.Name).Add(i.Name.Market).Add(i.Name.Symbol)
            .Add(i.Name.ContractMonth).Add(i.Name.Currency).Add(i.Name.Unit).End());
        Append(TickSql.Sources, TickSql.NameColumns, settlement.Sources.Numbered(), static (to, s) => to
            .Add(s.Number).Add(s.Name).End());
        Append(TickSql.Classifications, TickSql.ClassificationColumns, settlement.Classifications.Numbered(), static (to, c) => to
            .Add(c.Number).Add(c.Name.Commodity).Add(c.Name.Region).Add(c.Name.ProductTier).Add(c.Name.Confidence)
            .Add(c.Name.Method).End());
        Append(TickSql.Curves, TickSql.CurveColumns, settlement.Curves.Numbered(), static (to, c) => to
            .Add(c.Number).Add(c.Name.Tenant).Add(c.Name.CurveId).End());
    }

    private void WriteLatest(TickSettlement settlement)
    {
        if (settlement.Prices.Count == 0)
        {
            return;
        }

        connection.Execute(TickSql.CreateLatestStage(connection.Dialect));
        using (var to = new RecordAppender(connection, TickSql.LatestStage, TickSql.LatestColumnNames))
        {
            foreach (ref readonly var entry in settlement.Prices.Items)
            {
                ref readonly var price = ref entry.Price;
                var frame = settlement.Frames[entry.Frame];
                to.Add(price.Instrument).Add(price.Source).Add(price.EventMicros)
                    .AddOrNull(price.Sequence, isNull: price.Sequence < 0)
                    .Add(price.Price).Add(price.Volume).Add(price.Bid).Add(price.Ask).Add((int)price.Flags).Add((long)price.Key)
                    .Add(frame.Number).Add(frame.KnownMicros).End();
            }

            to.Finish();
        }

        connection.Execute(TickSql.UpdateLatest);
        connection.Execute(TickSql.InsertLatest);
        connection.Execute(TickSql.DropLatestStage);
    }

    private void WriteLetters(TickSettlement settlement)
    {
        if (settlement.Letters.Count == 0)
        {
            return;
        }

        using var to = new RecordAppender(connection, TickSql.Letters, TickSql.LetterColumns);
        for (var i = 0; i < settlement.Letters.Count; i++)
        {
            var (id, letter, tenant, stream, _, knownMicros, form) = settlement.Letters[i];
            to.Add(id.Frame).Add(id.Index).Add(tenant).Add(stream).Add((int)letter.Reason).Add(letter.ErrorCode).Add(letter.Stage)
                .Add(letter.Field).Add(letter.Expected).Add(letter.Found).Add(letter.Position).Add(letter.Length)
                .AddBytes(settlement.MessageOf(i)).Add(knownMicros);
            AddForm(to, form);
            to.End();
        }

        to.Finish();
    }

    private static void AddForm(RecordAppender to, LetterForm? form)
    {
        to.Add(form?.Format).Add(form?.Market).Add(form?.Source);
        if (form is null)
        {
            to.Add((string?)null);
        }
        else
        {
            to.AddBytes(form.Prelude.Span);
        }
    }

    private void WriteStreams(TickSettlement settlement)
    {
        foreach (var stream in settlement.Streams.Values)
        {
            foreach (var sql in (string[])[TickSql.UpdateStream, TickSql.InsertStream])
            {
                using var statement = connection.Prepare(sql);
                statement.Bind(stream.Checkpoint.Position).Bind(stream.Checkpoint.IsComplete).Bind(stream.Frame).Bind(stream.At)
                    .Bind(stream.Checkpoint.Stream);
                if (statement.Run() > 0)
                {
                    break;
                }
            }
        }
    }

    private void WriteSubmissions(TickSettlement settlement) =>
        Append(TickSql.Submissions, TickSql.SubmissionColumns, settlement.Submissions, static (to, s) => to
            .Add(s.Batch.Tenant).Add(s.Batch.Key).Add(s.Frame).Add(s.Batch.Counters.Received).Add(s.Batch.Counters.Accepted)
            .Add(s.Batch.Counters.Duplicate).Add(s.Batch.Counters.LateAmended).Add(s.Batch.Counters.DeadLettered).Add(s.At).End());

    private void WriteProgress(TickSettlement settlement)
    {
        var totals = settlement.Counters;
        using var update = connection.Prepare(TickSql.UpdateProgress);
        update.Bind(settlement.LastFrame).Bind(totals.Received).Bind(totals.Accepted).Bind(totals.Duplicate).Bind(totals.LateAmended)
            .Bind(totals.DeadLettered).Bind(settlement.KnownAt).Run();
    }

    private void Append<T>(string table, string[] columns, IEnumerable<T> items, Action<RecordAppender, T> add)
    {
        RecordAppender? to = null;
        try
        {
            foreach (var item in items)
            {
                add(to ??= new RecordAppender(connection, table, columns), item);
            }

            to?.Finish();
        }
        finally
        {
            to?.Dispose();
        }
    }
}

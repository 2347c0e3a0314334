using System.Buffers;
using Aurum.Store;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks;

/// <summary>Pipeline and journal as the last frame on disk left them: the newest snapshot, and the frames behind it done again.
/// What the tables lacked, they have then.</summary>
internal sealed class TickRecovered : IDisposable
{
    private TickRecovered(TickJournal journal) => Journal = journal;

    public TickJournal Journal { get; }

    public TickPipeline Pipeline { get; private set; } = null!;

    public TickCheckpoints Checkpoints { get; } = new();

    /// <summary>Whether the last frame said that the input had ended.</summary>
    public bool IsComplete { get; set; }

    /// <summary>The frame of the last snapshot.</summary>
    public long SnapshotFrame { get; private set; }

    /// <summary>Frames that were done again.</summary>
    public long Frames { get; private set; }

    /// <param name="store">Store of the data directory.</param>
    /// <param name="options">Limits; delays and the duplicate window hold from here on.</param>
    /// <param name="keepsDelays">Whether the delays of the last time stay instead.</param>
    /// <exception cref="StoreException">The journal is damaged, or does not fit the tables.</exception>
    public static TickRecovered Open(AurumStore store, TickServiceOptions options, bool keepsDelays = false)
    {
        var journal = TickJournal.Open(
            Path.Combine(store.Options.DataDirectory, "ticks"), options.Journal with { SegmentBytes = options.SegmentMiB << 20 });
        var recovered = new TickRecovered(journal);
        try
        {
            recovered.Recover(store.Ticks, options, keepsDelays);
            return recovered;
        }
        catch (InvalidDataException e)
        {
            recovered.Dispose();
            throw new StoreException($"{journal.Folder}: {e.Message}", e);
        }
        catch
        {
            recovered.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Pipeline?.Dispose();
        Journal.Dispose();
    }

    private void Recover(TickTables tables, TickServiceOptions options, bool keepsDelays)
    {
        var settled = tables.SettledFrame;
        if (settled > Journal.Last)
        {
            throw new StoreException(
                $"{Journal.Folder}: expected frames up to {settled}, which the tables have, found frames up to {Journal.Last}: "
                + "the folder is not the one that belongs to aurum.duckdb beside it");
        }

        TickServiceOptions? then = null;
        if (Journal.Snapshot(settled) is { } snapshot)
        {
            then = TickState.Read(snapshot.Bytes, options, out var isComplete);
            (IsComplete, SnapshotFrame) = (isComplete, snapshot.Frame);
            Pipeline = TickPipeline.Load(then.Pipeline, InstrumentBook.Empty, snapshot.Bytes.AsSpan(TickState.Bytes));
        }
        else
        {
            Pipeline = new TickPipeline(options.Pipeline, InstrumentBook.Empty);
        }

        DoAgain(tables, options, settled);
        foreach (var stream in tables.Streams())
        {
            Checkpoints.Put(stream.Checkpoint.Stream, stream.Checkpoint.Position);
        }

        if (!keepsDelays)
        {
            Change(then, options);
        }
    }

    private void DoAgain(TickTables tables, TickServiceOptions options, long settled)
    {
        using var settlement = new TickSettlement();
        foreach (var stored in Journal.Frames(SnapshotFrame))
        {
            var frame = TickFrameReader.Read(stored.Bytes);
            DoAgain(frame);
            if (stored.Number > settled)
            {
                FrameContent.Of(stored.Number, frame, Pipeline.Output).AddTo(settlement);
            }

            Pipeline.Output.Clear();
            Frames++;
            if (settlement.TickCount >= options.SettleTicks)
            {
                tables.Settle(settlement);
                settlement.Clear();
            }
        }

        if (settlement.LastFrame > 0)
        {
            tables.Settle(settlement);
        }
    }

    private void DoAgain(TickFrame frame)
    {
        Pipeline.AddNames(frame.Names);
        Pipeline.OnStored(frame.Ticks, frame.Counters);
        if (frame.WatermarkMicros is { } micros)
        {
            Pipeline.OnWatermark(micros);
        }

        IsComplete &= frame.Ticks.IsEmpty && frame.Letters.Count == 0;
        if (frame.IsComplete)
        {
            Pipeline.Complete();
            IsComplete = true;
        }
    }

    /// <summary>Goes on under other options. The frames before mean what they meant: the snapshot says from where the others
    /// hold.</summary>
    private void Change(TickServiceOptions? then, TickServiceOptions now)
    {
        if (then is not null && TickState.AreAlike(then, now))
        {
            return;
        }

        var state = Save(now);
        var changed = TickPipeline.Load(now.Pipeline, InstrumentBook.Empty, state.Span[TickState.Bytes..]);
        Pipeline.Dispose();
        Pipeline = changed;
    }

    /// <summary>Stores the state behind the last frame.</summary>
    public ReadOnlyMemory<byte> Save(TickServiceOptions options)
    {
        var state = new ArrayBufferWriter<byte>();
        TickState.Write(state, options, IsComplete);
        Pipeline.Save(state);
        Journal.Roll(state.WrittenSpan);
        SnapshotFrame = Journal.Last;
        return state.WrittenMemory;
    }
}

using Aurum.Market.Ticks;
using Aurum.Store.Engines;

namespace Aurum.Store.Ticks;

/// <summary>How far the tables are, and how many names they have.</summary>
internal sealed record TickState(TickProgress Progress, int Instruments, int Sources, int Classifications, int Curves)
{
    public static TickState Read(EngineRows rows, int i) => new(
        new TickProgress(
            rows.Int64(0, i),
            new TickCounters(rows.Int64(1, i), rows.Int64(2, i), rows.Int64(3, i), rows.Int64(4, i), rows.Int64(5, i)),
            rows.InstantOrNull(6, i)),
        (int)rows.Int64(7, i), (int)rows.Int64(8, i), (int)rows.Int64(9, i), (int)rows.Int64(10, i));

    /// <summary>What it is after a settlement.</summary>
    /// <exception cref="StoreException">The settlement does not follow, or its counts do not add up.</exception>
    public TickState After(TickSettlement settlement)
    {
        if (settlement.FirstFrame != Progress.Frame + 1)
        {
            throw new StoreException($"expected frame {Progress.Frame + 1} to settle, found {settlement.FirstFrame}");
        }

        var (before, after) = (Progress.Counters, settlement.Counters);
        Check(settlement, "messages", after.Received, after.Accepted + after.Duplicate + after.LateAmended + after.DeadLettered);
        Check(
            settlement, "ticks", after.Accepted + after.LateAmended - before.Accepted - before.LateAmended, settlement.TickCount);
        Check(settlement, "dead letters", after.DeadLettered - before.DeadLettered, settlement.LetterCount);
        return new TickState(
            new TickProgress(settlement.LastFrame, after, settlement.KnownAt),
            Named("instrument", Instruments, settlement.Instruments),
            Named("source", Sources, settlement.Sources),
            Named("classification", Classifications, settlement.Classifications),
            Named("curve", Curves, settlement.Curves));
    }

    private static void Check(TickSettlement settlement, string what, long counted, long found)
    {
        if (counted != found)
        {
            throw new StoreException(
                $"frames {settlement.FirstFrame} to {settlement.LastFrame}: the counters say {counted} {what}, found {found}");
        }
    }

    private static int Named<T>(string what, int count, NewNames<T> names) => names.Count == 0 || names.First == count
        ? count + names.Count
        : throw new StoreException($"expected {what} {count} as the next new one, found {names.First}");
}

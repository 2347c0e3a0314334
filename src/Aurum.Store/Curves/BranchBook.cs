using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Curves;

/// <summary>Branches of curves, and the workbooks that were loaded to them. Safe from several threads.</summary>
public sealed class BranchBook
{
    private readonly StoreEngine _engine;
    private readonly ReservedNumbers _loads;

    internal BranchBook(StoreEngine engine)
    {
        _engine = engine;
        _loads = new ReservedNumbers(engine, CounterSql.Loads, CurveSql.LastLoad, 1);
    }

    public long NextLoad() => _loads.Next();

    /// <summary>Every opening of every branch, oldest first.</summary>
    public IReadOnlyList<BranchRecord> Branches() => _engine.List(
        CurveSql.Branches,
        static _ => { },
        static (rows, i) => new BranchRecord(
            rows.String(0, i), rows.Date(1, i), State<BranchState>(rows.String(2, i)), rows.Instant(3, i), rows.InstantOrNull(4, i),
            rows.String(5, i), rows.String(6, i)));

    /// <summary>The branch that is open under a name; null where none is.</summary>
    public BranchRecord? FindOpen(string branch) => Branches().FirstOrDefault(b => b.Branch == branch && b.State == BranchState.Open);

    /// <summary>Loads, oldest first.</summary>
    /// <param name="branch">Of one branch; null: all.</param>
    public IReadOnlyList<LoadRecord> Loads(string? branch = null) => _engine.List(CurveSql.Loads, s => s.Bind(branch), Load);

    /// <summary>The as-of dates before another one of which a feed has rows, newest first.</summary>
    /// <param name="feed">Feed of merged quotes.</param>
    /// <param name="day">As-of date.</param>
    /// <param name="most">Dates, at most.</param>
    public IReadOnlyList<LocalDate> DaysBefore(FeedId feed, LocalDate day, int most) => _engine.List(
        CurveSql.DaysBefore, s => s.Bind(feed.Text).Bind(day).Bind((long)most), static (rows, i) => rows.Date(0, i));

    /// <summary>Makes changes durable that come without rows.</summary>
    public void Commit(CurveChanges changes)
    {
        using var lease = _engine.Rent();
        _engine.Commit(
            lease.Connection,
            () =>
            {
                changes.Write(lease.Connection);
                return true;
            },
            static () => { });
    }

    private static LoadRecord Load(EngineRows rows, int i) => new(
        rows.Int64(0, i), rows.String(1, i), rows.String(2, i), rows.String(3, i), rows.String(4, i), rows.Date(5, i),
        State<LoadState>(rows.String(6, i)), rows.String(7, i),
        new QuoteCounts(rows.Int64(8, i), rows.Int64(9, i), rows.Int64(10, i), rows.Int64(11, i), rows.Int64(12, i)),
        rows.String(13, i), rows.String(14, i), rows.String(15, i), rows.String(16, i), rows.String(17, i), rows.Instant(18, i));

    private static T State<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true);
}

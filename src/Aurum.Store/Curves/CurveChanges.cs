using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Curves;

/// <summary>Changes of branches and loads that become durable together, with the rows of a delivery or alone.</summary>
public sealed class CurveChanges
{
    private readonly List<Action<EngineConnection>> _writes = [];

    /// <summary>Opens a branch, unless it is open.</summary>
    public CurveChanges Open(string branch, LocalDate asOf, Instant at) =>
        Add(CurveSql.OpenBranch, s => s.Bind(branch).Bind(asOf).Bind(Word(BranchState.Open)).Bind(at));

    /// <summary>Changes what an open branch is: its state, tag and reason.</summary>
    public CurveChanges Set(string branch, BranchState state, string tag, string why, Instant? mergedAt = null) =>
        Add(CurveSql.SetBranch, s => s.Bind(Word(state)).Bind(tag).Bind(why).Bind(mergedAt).Bind(branch));

    /// <summary>Adds a load; those of the vendor that wait on the branch are superseded.</summary>
    public CurveChanges Add(LoadRecord load)
    {
        Move(load.Branch, load.Vendor, LoadState.Landed, LoadState.Superseded, "");
        return Add(CurveSql.InsertLoad, s => s
            .Bind(load.Id).Bind(load.Branch).Bind(load.Vendor).Bind(load.File).Bind(load.Sha256).Bind(load.AsOf).Bind(Word(load.State))
            .Bind(load.Tag).Bind(load.Counts.Read).Bind(load.Counts.New).Bind(load.Counts.Changed).Bind(load.Counts.Identical)
            .Bind(load.Counts.Withdrawn).Bind(load.Quarantined).Bind(load.Gate).Bind(load.GateResults).Bind(load.Why)
            .Bind(load.Messages).Bind(load.At));
    }

    /// <summary>Moves the loads of a vendor on a branch from one state to another.</summary>
    public CurveChanges Move(string branch, string vendor, LoadState from, LoadState to, string tag) =>
        Add(CurveSql.MoveLoads, s => s.Bind(Word(to)).Bind(tag).Bind(branch).Bind(vendor).Bind(Word(from)));

    /// <summary>Notes under which tag a load is being merged, or was.</summary>
    public CurveChanges Set(long load, LoadState state, string tag, QuoteCounts counts) =>
        Add(CurveSql.SetLoad, s => s.Bind(Word(state)).Bind(tag).Bind(counts.New).Bind(counts.Changed).Bind(counts.Identical)
            .Bind(counts.Withdrawn).Bind(load));

    internal void Write(EngineConnection connection) => _writes.ForEach(write => write(connection));

    internal static string Word<T>(T state)
        where T : struct, Enum => state.ToString().ToLowerInvariant();

    private CurveChanges Add(string sql, Action<EngineStatement> bind)
    {
        _writes.Add(connection =>
        {
            using var statement = connection.Prepare(sql);
            bind(statement);
            statement.Run();
        });
        return this;
    }
}

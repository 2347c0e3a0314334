using System.Globalization;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Writing;
using Aurum.Store.Sql;

namespace Aurum.Store.Lake.Projection;

/// <summary>Brings the lake to the state of the store: what deliveries brought is committed together with their number, so that
/// nothing is lost or doubled, however it ends. One at a time a process; another process is refused by the numbers.</summary>
public sealed class LakeFollower
{
    /// <summary>Property and note of a table: the last delivery of the store that is in it.</summary>
    public const string DeliveryProperty = "aurum.delivery";

    /// <summary>Limit of a batch that no delivery but the first keeps to: a delivery to a branch is a commit of its own.</summary>
    private const long OneDelivery = 0;

    /// <summary>How often a table is compared while another process brings it forward.</summary>
    private const int MostLooks = 5;

    private const string Merged = "merged";
    private const string Dropped = "dropped";

    private readonly LakeSource _source;
    private readonly LakeCatalog _lake;
    private readonly string _scratch;
    private readonly Lock _turn = new();

    /// <param name="store">Store.</param>
    /// <param name="lake">Lake.</param>
    public LakeFollower(AurumStore store, LakeCatalog lake)
    {
        (_source, _lake) = (store.LakeSource, lake);

        // A folder that both engines reach.
        _scratch = lake.Scratch;
    }

    /// <summary>Rows of a commit at most, unless one delivery has more. 1,000 to 100,000,000.</summary>
    public long MaxBatchRows { get; init; } = 2_000_000;

    /// <summary>When files are put together after a commit.</summary>
    public CompactionOptions Compaction { get; init; } = new();

    /// <summary>Which snapshots go after a commit.</summary>
    public ExpiryOptions Expiry { get; init; } = new();

    /// <summary>Runs before each commit, when its rows are known.</summary>
    internal Action? BeforeCommit { get; init; }

    /// <summary>Runs in <see cref="Verify()"/>, when the rows of a table are chosen and not yet compared.</summary>
    internal Action? BeforeCompare { get; init; }

    /// <summary>Commits what the store has and the lake has not.</summary>
    /// <param name="committed">Is told of each commit.</param>
    /// <param name="cancel">Ends it between two commits.</param>
    public LakeSync Sync(Action<LakeCommit>? committed = null, CancellationToken cancel = default)
    {
        lock (_turn)
        {
            var (commits, rows) = (0, 0L);
            foreach (var projection in LakeProjections.All)
            {
                var before = commits;
                while (Step(projection) is { } commit)
                {
                    commits++;
                    rows += commit.Rows;
                    committed?.Invoke(commit);
                    cancel.ThrowIfCancellationRequested();
                }

                if (projection.BranchColumn is not null)
                {
                    MergeBranches(projection);
                }

                if (commits > before)
                {
                    Tend(_lake.Table(projection.Shape.Name));
                }
            }

            return new LakeSync(commits, rows);
        }
    }

    /// <summary>What is not in the lake yet, by table.</summary>
    public IReadOnlyList<(LakeName Table, LakeLag Lag)> Lags() =>
        [.. LakeProjections.All.Select(p => (p.Shape.Name, _source.Lag(p, Cursor(_lake.Table(p.Shape.Name)))))];

    /// <summary>Compares the tables with the store as it is at one moment, after bringing them there.</summary>
    public IReadOnlyList<LakeCheck> Verify()
    {
        lock (_turn)
        {
            return [.. LakeProjections.All.Where(p => _lake.Table(p.Shape.Name).IsThere).Select(VerifySettled)];
        }
    }

    /// <summary>What the store has and what the lake has, as queries. Of a table with branches: rows of a branch that is there on it, those
    /// of merged ones on main; what was dropped is in the store alone.</summary>
    private (string Stored, string InLake) Sides(LakeProjection projection, LakeTable table, string file)
    {
        var columns = string.Join(", ", projection.Compared.Select(SqlText.Name));
        var stored = $"SELECT {columns} FROM read_parquet({SqlText.Text(file)})";
        if (projection.BranchColumn is not { } column)
        {
            return (stored, $"SELECT {columns} FROM ({table.ReadSql(new LakeRead())})");
        }

        string Of(IEnumerable<string> branches) => $"{column} IN ({string.Join(", ", branches.Prepend("").Select(SqlText.Text))})";
        var branches = _source.CurveBranches().Where(static b => b.State != Dropped).Select(static b => b.Branch).ToList();
        var onTheirOwn = branches.Where(b => table.Metadata.Refs.TryGetValue(b, out var found) && !found.IsTag).ToList();
        string[] inLake =
        [
            $"SELECT {columns} FROM ({table.ReadSql(new LakeRead())}) WHERE {Of(branches.Except(onTheirOwn))}",
            .. onTheirOwn.Select(b => $"SELECT {columns} FROM ({table.ReadSql(new LakeRead { Ref = b })}) WHERE {Of([b])}"),
        ];
        return ($"{stored} WHERE {Of(branches)}", $"SELECT * FROM ({string.Join(" UNION ALL ", inLake)})");
    }

    /// <summary>Compares a table again where another process has brought it forward meanwhile.</summary>
    private LakeCheck VerifySettled(LakeProjection projection)
    {
        for (var looks = 1; ; looks++)
        {
            try
            {
                var (check, through) = Verify(projection, _lake.Table(projection.Shape.Name));
                if (check.IsSame || looks == MostLooks || Cursor(_lake.Table(projection.Shape.Name)) == through)
                {
                    return check;
                }
            }
            catch (LakeConflictException) when (looks < MostLooks)
            {
                // It was brought forward by another process.
            }
        }
    }

    private (LakeCheck Check, long Through) Verify(LakeProjection projection, LakeTable table)
    {
        var file = Scratch(projection, "whole");
        try
        {
            var through = _source.ExportWhole(projection, Cursor(table), file, _lake.MemoryLimitMiB);
            BeforeCompare?.Invoke();
            while (Step(projection, through) is not null)
            {
                // What was committed since the table was brought to the present, and is in the file.
            }

            var (stored, inLake) = Sides(projection, table, file);
            var check = new LakeCheck(
                table.Name,
                _lake.Count(stored),
                _lake.Count(inLake),
                _lake.Count($"{stored} EXCEPT ALL {inLake}"),
                _lake.Count($"{inLake} EXCEPT ALL {stored}"));
            return (check, through);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static long Cursor(LakeTable table) => table.IsThere ? Cursor(table.Metadata) : 0;

    private static long Cursor(TableMetadata table) =>
        long.Parse(table.Properties.GetValueOrDefault(DeliveryProperty, "0"), CultureInfo.InvariantCulture);

    private LakeCommit? Step(LakeProjection projection, long last = long.MaxValue)
    {
        var table = _lake.Table(projection.Shape.Name);
        var after = Cursor(table);
        if (_source.Next(projection, after, last, projection.BranchColumn is null ? MaxBatchRows : OneDelivery) is not { } batch)
        {
            return null;
        }

        table = _lake.TableOrNew(projection.Shape);
        var file = Scratch(projection, "rows");
        try
        {
            var (rows, revised) = _source.Export(projection, after, batch.Through, file, _lake.MemoryLimitMiB);
            BeforeCommit?.Invoke();
            Write(projection, table, file, revised, after, batch);
            return new LakeCommit(table.Name, batch.Through, batch.Deliveries, rows);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Commits the rows of a file. Where they go to several branches, the number goes with the last of them: what comes twice
    /// after a kill in between takes its own place.</summary>
    private void Write(LakeProjection projection, LakeTable table, string file, long revised, long after, LakeBatch batch)
    {
        var all = $"SELECT * FROM read_parquet({SqlText.Text(file)})";
        var branches = projection.BranchColumn is { } column
            ? _lake.Texts($"SELECT DISTINCT {column} FROM ({all}) ORDER BY 1")
            : [TableMetadata.MainBranch];
        for (var i = 0; i < branches.Count; i++)
        {
            var rows = projection.BranchColumn is null ? all : $"{all} WHERE {projection.BranchColumn} = {SqlText.Text(branches[i])}";
            var through = (i == branches.Count - 1 ? batch.Through : after).ToString(CultureInfo.InvariantCulture);
            var write = new LakeWrite
            {
                Branch = branches[i],
                Notes = new Dictionary<string, string> { [DeliveryProperty] = through },
                Properties = new Dictionary<string, string> { [DeliveryProperty] = through },
                Guard = current => CheckTurn(table, Cursor(current), after),
            };
            var added = $"SELECT * FROM ({rows}) WHERE NOT is_gone";
            _ = revised == 0 && branches.Count == 1
                ? table.Append(added, write)
                : table.Upsert(added, branches.Count == 1 ? $"SELECT * FROM ({rows}) WHERE is_revised OR is_gone" : rows, write);
        }
    }

    private static void CheckTurn(LakeTable table, long found, long expected)
    {
        if (found != expected)
        {
            throw new LakeConflictException(
                $"{table.Name}: expected {expected} as the last delivery in the table, found {found}: another process follows the store");
        }
    }

    /// <summary>Merged branches of curves are merged in the lake, under the same tag; dropped ones go.</summary>
    private void MergeBranches(LakeProjection projection)
    {
        var table = _lake.Table(projection.Shape.Name);
        if (!table.IsThere)
        {
            return;
        }

        foreach (var branch in _source.CurveBranches().Where(b => b.State is Merged or Dropped))
        {
            if (!table.Metadata.Refs.TryGetValue(branch.Branch, out var found) || found.IsTag)
            {
                continue;
            }

            if (branch.State == Merged)
            {
                table.Merge(branch.Branch, tag: branch.Tag.Length == 0 ? null : branch.Tag);
            }

            table.DropRef(branch.Branch);
        }
    }

    private void Tend(LakeTable table)
    {
        table.Compact(Compaction);
        table.Expire(Expiry);
    }

    private string Scratch(LakeProjection projection, string what) =>
        Path.Combine(_scratch, $"{projection.Shape.Name}-{what}-{_lake.NextToken():x16}.parquet");
}

/// <summary>A commit of the follower.</summary>
/// <param name="Table">Table.</param>
/// <param name="Through">Last delivery.</param>
/// <param name="Deliveries">Deliveries.</param>
/// <param name="Rows">Rows.</param>
public sealed record LakeCommit(LakeName Table, long Through, long Deliveries, long Rows);

/// <summary>What a sync did.</summary>
/// <param name="Commits">Commits.</param>
/// <param name="Rows">Rows.</param>
public sealed record LakeSync(int Commits, long Rows);

/// <summary>A table beside the store's rows.</summary>
/// <param name="Table">Table.</param>
/// <param name="StoreRows">Rows that it is to have.</param>
/// <param name="LakeRows">Rows that it has.</param>
/// <param name="Missing">Rows that it has not, or not so.</param>
/// <param name="Unknown">Rows that the store has not, or not so.</param>
public sealed record LakeCheck(LakeName Table, long StoreRows, long LakeRows, long Missing, long Unknown)
{
    public bool IsSame => Missing == 0 && Unknown == 0;
}

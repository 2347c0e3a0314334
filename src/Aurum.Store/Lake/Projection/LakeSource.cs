using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Lake.Projection;

/// <summary>What the store has for the lake: deliveries after a number, and their rows as a file.</summary>
internal sealed class LakeSource(StoreEngine engine)
{
    /// <summary>The next deliveries that change a table, up to so many rows, at least one delivery; null: none.</summary>
    /// <param name="projection">Table.</param>
    /// <param name="after">Delivery before the first.</param>
    /// <param name="last">Last delivery that is looked at.</param>
    /// <param name="maxRows">Rows.</param>
    public LakeBatch? Next(LakeProjection projection, long after, long last, long maxRows)
    {
        var next = engine.List(
            $"""
            WITH pending AS (SELECT * FROM ({Pending(projection)}) AS p WHERE delivery_id <= $3),
            summed AS (
              SELECT *, sum(rows) OVER (ORDER BY delivery_id) AS total, row_number() OVER (ORDER BY delivery_id) AS n FROM pending)
            SELECT CAST(max(delivery_id) AS BIGINT), CAST(count(*) AS BIGINT), CAST(sum(rows) AS BIGINT) FROM summed
            WHERE total <= $2 OR n = 1
            """,
            s => s.Bind(after).Bind(maxRows).Bind(last),
            static (rows, i) => rows.IsNull(0, i) ? null : new LakeBatch(rows.Int64(0, i), rows.Int64(1, i), rows.Int64(2, i)),
            StoreEngine.AllTenants);
        return next[0];
    }

    /// <summary>How much of a table's deliveries is not in the lake.</summary>
    public LakeLag Lag(LakeProjection projection, long after) => engine.List(
        $"SELECT CAST(count(*) AS BIGINT), min(known_at) FROM ({Pending(projection)}) AS pending",
        s => s.Bind(after),
        static (rows, i) => new LakeLag(rows.Int64(0, i), rows.InstantOrNull(1, i)),
        StoreEngine.AllTenants)[0];

    /// <summary>Writes the rows of deliveries to a Parquet file.</summary>
    /// <param name="projection">Table.</param>
    /// <param name="after">Delivery before the first.</param>
    /// <param name="through">Last delivery.</param>
    /// <param name="file">File.</param>
    /// <param name="memoryLimitMiB">Memory where rows go through another engine, MiB.</param>
    /// <returns>Rows, and those that take another one's place or take one away.</returns>
    public (long Rows, long Revised) Export(LakeProjection projection, long after, long through, string file, int memoryLimitMiB)
    {
        var inputs = projection.Inputs.Where(static i => i.Delivered is not null)
            .Select(i => (i.Name, LakeStage.Numbered(i.Delivered!, after, through)));
        return Writing(inputs, file, memoryLimitMiB, connection =>
        {
            var sql = LakeStage.Numbered(projection.Rows, after, through);
            var rows = connection.Execute($"COPY ({sql}) TO {SqlText.Text(file)} (FORMAT parquet, COMPRESSION lz4_raw)");
            using var count = connection.Prepare(
                $"SELECT count(*) FILTER (is_revised OR is_gone) FROM read_parquet({SqlText.Text(file)})");
            using var row = count.Query();
            row.NextChunk();
            return (rows, row.Integer(0, 0));
        });
    }

    /// <summary>Writes all rows that a table of the lake is to hold at one moment to a Parquet file.</summary>
    /// <param name="projection">Table.</param>
    /// <param name="after">Last delivery that the table has.</param>
    /// <param name="file">File.</param>
    /// <param name="memoryLimitMiB">Memory where rows go through another engine, MiB.</param>
    /// <returns>The last delivery that the file has.</returns>
    public long ExportWhole(LakeProjection projection, long after, string file, int memoryLimitMiB)
    {
        var pending = $"SELECT delivery_id FROM ({LakeStage.Numbered(Pending(projection), after, after)}) AS p";
        var inputs = projection.Inputs.Where(static i => i.Whole is not null).Select(static i => (i.Name, i.Whole!))
            .Append(("pending", pending));
        return Writing(inputs, file, memoryLimitMiB, connection =>
        {
            connection.Execute(
                $"COPY (FROM ({projection.Whole}) WHERE NOT is_gone) TO {SqlText.Text(file)} (FORMAT parquet, COMPRESSION lz4_raw)");
            return StoreEngine.List(
                connection,
                $"SELECT max(delivery_id) FROM {(engine.Sharing is null ? $"({pending}) AS pending" : "pending")}",
                static _ => { },
                (rows, i) => rows.IsNull(0, i) ? after : rows.Int64(0, i))[0];
        });
    }

    /// <summary>The latest state of each branch of curves.</summary>
    public IReadOnlyList<CurveBranchState> CurveBranches() => engine.List(
        """
        SELECT branch, arg_max(state, opened_at), arg_max(tag, opened_at) FROM curve_branches
        GROUP BY branch ORDER BY max(merged_at), branch
        """,
        static _ => { },
        static (rows, i) => new CurveBranchState(rows.String(0, i), rows.String(1, i), rows.String(2, i)));

    private static string Pending(LakeProjection projection) => projection.Followed ?? $"""
        SELECT delivery_id, rows_new + rows_changed AS rows, known_at FROM deliveries
        WHERE delivery_id > $1 AND table_name IN ({string.Join(", ", projection.StoreTables.Select(SqlText.Text))})
          AND ({projection.Counted})
        """;

    /// <summary>Runs work where Parquet can be written: on the store's own engine, or on one that has taken over what the work
    /// reads. All that it reads is of one moment.</summary>
    private T Writing<T>(IEnumerable<(string Name, string Sql)> inputs, string file, int memoryLimitMiB, Func<EngineConnection, T> work)
    {
        using var lease = engine.Rent();
        if (engine.Sharing is null)
        {
            return Reading(lease.Connection, work);
        }

        using var stage = Reading(
            lease.Connection, connection => new LakeStage(connection, Path.GetDirectoryName(file)!, memoryLimitMiB, inputs));
        return work(stage.Connection);
    }

    private static T Reading<T>(EngineConnection connection, Func<EngineConnection, T> work)
    {
        connection.Begin(readOnly: true);
        try
        {
            connection.ActFor(StoreEngine.AllTenants);
            return work(connection);
        }
        finally
        {
            connection.RollBack();
        }
    }
}

/// <summary>Deliveries that become one commit.</summary>
/// <param name="Through">Number of the last one.</param>
/// <param name="Deliveries">Deliveries.</param>
/// <param name="Rows">Rows that they brought or changed.</param>
internal sealed record LakeBatch(long Through, long Deliveries, long Rows);

/// <summary>What is not in the lake yet.</summary>
/// <param name="Deliveries">Deliveries.</param>
/// <param name="Since">When the first of them was known; null: none.</param>
public sealed record LakeLag(long Deliveries, Instant? Since);

/// <summary>Where a branch of curves stands.</summary>
/// <param name="Branch">Branch.</param>
/// <param name="State">open, merged or dropped.</param>
/// <param name="Tag">Tag of the merge.</param>
internal sealed record CurveBranchState(string Branch, string State, string Tag);

using System.Globalization;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Cluster.Lineage;

/// <summary>Makes the events of a commit to the lake: which tables of the store have become which table of the lake, column by
/// column.</summary>
/// <param name="options">Namespace.</param>
/// <param name="world">Names of the store's tables.</param>
/// <param name="lakeOf">The dataset that a table of the lake is.</param>
public sealed class LakeLineage(LineageOptions options, LineageWorld world, Func<LakeName, LineageDataset> lakeOf)
{
    private const string SourcePath = "src/Aurum.Store/Lake/Projection/LakeFollower.cs";

    /// <summary>START and COMPLETE. The same commit has the same run whenever it is told of.</summary>
    public IReadOnlyList<LineageEvent> EventsOf(LakeCommit commit, Instant at)
    {
        var projection = LakeProjections.All.FirstOrDefault(p => p.Shape.Name == commit.Table);
        var job = new LineageJob(
            $"lake.{commit.Table}", $"Brings deliveries of the store to the Iceberg table {commit.Table}.", SourcePath);
        var through = commit.Through.ToString(CultureInfo.InvariantCulture);
        List<LineageDataset> inputs = [.. (projection?.StoreTables ?? []).Select(t => world.TableOf(t) with { Version = through })];
        var output = lakeOf(commit.Table) with
        {
            Version = through,
            Rows = commit.Rows,
            Fields = [.. (projection?.Shape.Fields ?? []).Select(static f => new LineageField(f.Name, TypeOf(f)))],
            Origins = projection is { StoreTables: [var only] } ? [.. Same(projection, only, inputs[0])] : [],
        };
        var run = LineageRunId.Of(options.Namespace, job.Name, through);
        var start = new LineageEvent(LineageState.Start, at, run, job) { Inputs = inputs };
        return
        [
            start,
            start with
            {
                State = LineageState.Complete,
                Outputs = [output],
                Metadata = new Dictionary<string, object>
                {
                    ["rowCount"] = commit.Rows, ["deliveries"] = commit.Deliveries, ["throughDelivery"] = commit.Through,
                },
            },
        ];
    }

    /// <summary>Columns that the lake has as the store has them. Others are made of several, by SQL, and are not told of.</summary>
    private static IEnumerable<ColumnOrigin> Same(LakeProjection projection, string table, LineageDataset input)
    {
        var columns = TableShape.All.FirstOrDefault(t => t.Name == table)?.Columns.Select(static c => c.Name).ToHashSet() ?? [];
        return projection.Shape.Fields.Where(f => columns.Contains(f.Name)).Select(f => new ColumnOrigin(f.Name, input, f.Name));
    }

    private static string TypeOf(LakeField field) => field.Type.ToString().ToLowerInvariant();
}

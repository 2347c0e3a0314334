using Aurum.Cluster.Lineage;
using Aurum.Curves.Manifests;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Store.Models;

namespace Aurum.App.Lineage;

/// <summary>What a run of a scenario read and wrote, by its manifest.</summary>
internal static class ScenarioLineage
{
    /// <summary>Columns of outputs that are those of the curve, and those that are computed of its prices.</summary>
    private static readonly string[] Same = ["curve_key", "asof_date", "tenor_type", "contract_month", "tenor_label"];

    private static readonly string[] Computed = ["base", "value", "band_lower", "band_upper"];

    /// <summary>Tables of the curves and histories that the run has pins of; none where it did not come so far.</summary>
    public static IReadOnlyList<LineageDataset> Read(RunRecord run, LineageWorld world)
    {
        if (run.Manifest is not { Length: > 0 } text)
        {
            return [];
        }

        var manifest = RunManifest.Parse(text);
        var tables = manifest.Series.Select(s => world.FeedOf(new FeedId(s.Feed))?.TableName).OfType<string>().Distinct();
        return
        [
            .. manifest.Curves.Count == 0 ? Array.Empty<LineageDataset>() : [Curves(world)],
            .. tables.Select(world.TableOf),
        ];
    }

    /// <summary>The outputs, with what their columns are made of.</summary>
    public static LineageDataset Written(RunRecord run, LineageWorld world) => world.TableOf("scenario_output_rows") with
    {
        Version = run.Id,
        Origins =
        [
            .. Same.Select(c => new ColumnOrigin(c, Curves(world), c)),
            .. Computed.Select(c => new ColumnOrigin(c, Curves(world), "mid", "TRANSFORMATION")),
        ],
    };

    private static LineageDataset Curves(LineageWorld world) => world.TableOf(CurveTables.Observation.Name);
}

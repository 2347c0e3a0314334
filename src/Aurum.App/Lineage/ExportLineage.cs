using Aurum.App.Configuration;
using Aurum.App.Curves;
using Aurum.Cluster.Lineage;
using Aurum.Market.Curves;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Lineage;

/// <summary>Files of merged curves: which columns of the store they are.</summary>
internal static class ExportLineage
{
    /// <summary>START and COMPLETE.</summary>
    public static IReadOnlyList<LineageEvent> EventsOf(
        LocalDate asOf, IReadOnlyList<ExportedFile> files, AurumOptions options, LineageWorld world, Instant at)
    {
        var job = new LineageJob("export.curves", "Writes merged curves to files.", "src/Aurum.App/Curves/CurveExport.cs");
        var day = LocalDatePattern.Iso.Format(asOf);
        var curves = world.TableOf(CurveTables.Observation.Name);
        var start = new LineageEvent(
            LineageState.Start, at, LineageRunId.Of(options.Lineage!.Namespace, job.Name, $"{day} {at}"), job)
        {
            Nominal = new Interval(asOf.AtMidnight().InUtc().ToInstant(), asOf.PlusDays(1).AtMidnight().InUtc().ToInstant()),
            Inputs = [curves],
        };
        var stored = CurveTables.Observation.Columns.Select(static c => c.Name).ToHashSet();
        var origins = CurveQueries.Columns.Where(stored.Contains).Select(c => new ColumnOrigin(c, curves, c)).ToList();
        return
        [
            start,
            start with
            {
                State = LineageState.Complete,
                Outputs =
                [
                    .. files.Select(f => LineagePlaces.Export(options, f.Path) with
                    {
                        Lifecycle = "OVERWRITE", Bytes = f.Bytes, Files = 1, Origins = origins,
                        Fields = [.. CurveQueries.Columns.Select(static c => new LineageField(c, "text"))],
                    }),
                ],
                Metadata = new Dictionary<string, object> { ["asofDate"] = day, ["files"] = files.Count },
            },
        ];
    }
}

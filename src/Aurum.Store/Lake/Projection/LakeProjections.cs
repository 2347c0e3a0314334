namespace Aurum.Store.Lake.Projection;

/// <summary>The tables that the lake has.</summary>
internal static class LakeProjections
{
    public static readonly IReadOnlyList<LakeProjection> All =
    [
        PriceProjection.Table,
        SeriesProjection.Table,
        CurveProjections.Landing,
        CurveProjections.Observation,
        CurveProjections.Quarantine,
        DeadLetterProjection.Table,
        ScenarioProjection.Table,
        ValuationProjection.Table,
    ];
}

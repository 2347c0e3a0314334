namespace Aurum.Market.Ticks;

/// <summary>A forward curve, as <see cref="CurvePoint.Curve"/> numbers it.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="CurveId">The instrument id that its quotes share.</param>
public sealed record TickCurve(string Tenant, string CurveId);

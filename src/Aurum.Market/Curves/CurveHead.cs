using NodaTime;

namespace Aurum.Market.Curves;

/// <summary>What all quotes of one curve on one sheet of one day's workbook have in common.</summary>
/// <param name="AsOf">Date that the vendor gives its prices for.</param>
/// <param name="File">Name of the workbook.</param>
/// <param name="Sheet">Name of the sheet.</param>
/// <param name="Identity">Which curve.</param>
/// <param name="Unit">Currency and quantity; null where neither the workbook nor a rule says.</param>
/// <param name="UnitsRaw">The unit as the workbook writes it, or the rule that gave it; null where neither is there.</param>
/// <param name="VersionHash">See <see cref="CurveVersion"/>.</param>
public sealed record CurveHead(
    LocalDate AsOf, string File, string Sheet, CurveIdentity Identity, CurveUnit? Unit, string? UnitsRaw, string VersionHash);

/// <summary>What a price is in.</summary>
/// <param name="Currency">ISO 4217 code: <c>EUR</c>.</param>
/// <param name="PerUnit">Quantity: <c>MWh</c>, <c>therm</c>, <c>bbl</c>.</param>
/// <param name="Factor">The workbook's number times this is a price in the currency: 0.01 for pence and cents.</param>
public readonly record struct CurveUnit(string Currency, string PerUnit, double Factor = 1);

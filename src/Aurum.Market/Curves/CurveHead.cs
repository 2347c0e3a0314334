using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Market.Curves;

/// <summary>What all quotes of one curve on one sheet of one day's workbook have in common.</summary>
/// <param name="asOf">Date that the vendor gives its prices for.</param>
/// <param name="file">Name of the workbook.</param>
/// <param name="sheet">Name of the sheet.</param>
/// <param name="identity">Which curve.</param>
/// <param name="unit">Currency and quantity; null where neither the workbook nor a rule says.</param>
/// <param name="unitsRaw">The unit as the workbook writes it, or the rule that gave it; null where neither is there.</param>
/// <param name="versionHash">See <see cref="CurveVersion"/>.</param>
public sealed class CurveHead(
    LocalDate asOf, string file, string sheet, CurveIdentity identity, CurveUnit? unit, string? unitsRaw, string versionHash)
{
    private byte[][]? _texts;

    public LocalDate AsOf => asOf;

    /// <summary>Midnight of the as-of date in UTC, seconds since 1970.</summary>
    internal long AsOfUnixSeconds { get; } = asOf.AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds();

    public string File => file;

    public string Sheet => sheet;

    public CurveIdentity Identity => identity;

    public CurveUnit? Unit => unit;

    public string? UnitsRaw => unitsRaw;

    public string VersionHash => versionHash;

    /// <summary>The texts of the columns of <see cref="CurveTables"/> that all its quotes share, as UTF-8.</summary>
    internal byte[] Text(HeadText text) => (_texts ??= MakeTexts())[(int)text];

    private byte[][] MakeTexts()
    {
        string?[] texts =
        [
            LocalDatePattern.Iso.Format(AsOf), File, Sheet, identity.AssetClass.ToString().ToLowerInvariant(), identity.Region,
            identity.Iso, identity.Location, identity.Market, identity.Product, identity.Block, identity.SparkLocation, UnitsRaw,
            Unit?.Currency, Unit?.PerUnit, identity.Key, VersionHash,
        ];
        return Array.ConvertAll(texts, static t => Encoding.UTF8.GetBytes(t ?? ""));
    }
}

/// <summary>Texts of a head, in the order in which they are kept.</summary>
internal enum HeadText
{
    AsOf,
    File,
    Sheet,
    AssetClass,
    Region,
    Iso,
    Location,
    Market,
    Product,
    Block,
    SparkLocation,
    UnitsRaw,
    Currency,
    PerUnit,
    Key,
    Version,
}

/// <summary>What a price is in.</summary>
/// <param name="Currency">ISO 4217 code: <c>EUR</c>.</param>
/// <param name="PerUnit">Quantity: <c>MWh</c>, <c>therm</c>, <c>bbl</c>.</param>
/// <param name="Factor">The workbook's number times this is a price in the currency: 0.01 for pence and cents.</param>
public readonly record struct CurveUnit(string Currency, string PerUnit, double Factor = 1);

using Aurum.Curves.Documents;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Scenarios;

/// <summary>Which curves and months a driver acts on; what is empty does not restrict.</summary>
public sealed record DriverScope
{
    /// <summary>Power, everywhere, always.</summary>
    public static readonly DriverScope AllPower = new();

    public IReadOnlyList<AssetClass> AssetClasses { get; init; } = [AssetClass.Power];

    /// <summary>ISO, region or location of a curve, any of them, without regard to case.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    public IReadOnlyList<Block> Blocks { get; init; } = [];

    /// <summary>Names or keys.</summary>
    public IReadOnlyList<string> Curves { get; init; } = [];

    /// <summary>First month of delivery that it acts on.</summary>
    public YearMonth? First { get; init; }

    /// <summary>Last month of delivery that it acts on.</summary>
    public YearMonth? Last { get; init; }

    /// <summary>Whether it covers a curve. A spread of power and gas moves by both of its legs, and is covered only where
    /// <see cref="Curves"/> names it.</summary>
    public bool Covers(ScenarioCurve curve) =>
        (AssetClasses.Count == 0 || AssetClasses.Contains(curve.Identity.AssetClass))
        && (Curves.Count > 0 || !IsSpread(curve))
        && CoversPlace(curve);

    /// <summary>Whether it covers a curve, of whatever asset class.</summary>
    public bool CoversPlace(ScenarioCurve curve) =>
        (Regions.Count == 0 || Regions.Any(region => IsIn(curve.Identity, region)))
        && (Blocks.Count == 0 || Blocks.Contains(curve.Calendar.Block))
        && (Curves.Count == 0 || Curves.Any(name => IsNamed(curve, name)));

    public bool Covers(YearMonth month) =>
        (First is not { } first || month.CompareTo(first) >= 0) && (Last is not { } last || month.CompareTo(last) <= 0);

    /// <summary>For people: <c>power of ERCOT, ON_PEAK, from 2027-01</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>
        {
            AssetClasses.Count == 0 ? "every curve" : string.Join(" and ", AssetClasses.Select(ChoiceNames<AssetClass>.Of)),
        };
        if (Regions.Count > 0)
        {
            parts.Add($"of {string.Join(" or ", Regions)}");
        }

        if (Blocks.Count > 0)
        {
            parts.Add($"in {string.Join(" or ", Blocks.Select(BlockNames.Text))}");
        }

        if (Curves.Count > 0)
        {
            parts.Add($"named {string.Join(" or ", Curves)}");
        }

        parts.Add(First is { } first ? $"from {first:uuuu-MM}" : "");
        parts.Add(Last is { } last ? $"to {last:uuuu-MM}" : "");
        return string.Join(' ', parts.Where(static p => p.Length > 0));
    }

    internal static bool IsIn(CurveIdentity identity, string region) =>
        Same(identity.Iso, region) || Same(identity.Region, region) || Same(identity.Location, region);

    internal static bool IsSpread(ScenarioCurve curve) => Same(curve.Identity.Product, "spark_spread");

    private static bool IsNamed(ScenarioCurve curve, string name) => Same(curve.Name, name) || Same(curve.CurveKey, name);

    private static bool Same(string? known, string text) => string.Equals(known, text, StringComparison.OrdinalIgnoreCase);
}

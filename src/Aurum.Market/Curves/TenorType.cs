namespace Aurum.Market.Curves;

/// <summary>The kind of a delivery period. In text the names are upper-case: <c>MONTHLY</c>.</summary>
public enum TenorType
{
    Monthly,
    Quarter,
    Season,
    Calendar,
    Strip,
    Custom,
}

namespace Aurum.Market.Curves;

/// <summary>What a quote is. In text the names are upper-case: <c>MID</c>.</summary>
public enum PriceType
{
    Mid,
    Bid,
    Ask,
    Last,
    Settle,
    Index,
    Strip,
    Custom,
}

namespace Aurum.Market.Curves;

/// <summary>What a curve is a price of. In text the names are lower-case: <c>power</c>.</summary>
public enum AssetClass
{
    Power,
    Renewable,
    Gas,
    Carbon,
    Storage,
    Other,
}

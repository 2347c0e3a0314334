namespace Aurum.Market.Power;

/// <summary>What kind of place a price or quantity is for. Stored as upper-case text.</summary>
public enum LocationType
{
    Other = 0,
    Node = 1,
    Zone = 2,
    Hub = 3,
    System = 4,
    Aggregate = 5,
    Interface = 6,
    Resource = 7,
}

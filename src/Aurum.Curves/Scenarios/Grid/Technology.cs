namespace Aurum.Curves.Scenarios.Grid;

/// <summary>What kind of capacity is built or retired. In text the names are lower-case.</summary>
public enum Technology
{
    Nuclear,
    Coal,
    Gas,
    Oil,
    Hydro,
    Wind,
    Solar,
    Other,
}

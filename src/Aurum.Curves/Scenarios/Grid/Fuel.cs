namespace Aurum.Curves.Scenarios.Grid;

/// <summary>What the marginal unit burns. In text the names are lower-case with underscores.</summary>
public enum Fuel
{
    NaturalGas,
    Coal,
    Co2,
    Oil,
}

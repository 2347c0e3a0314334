namespace Aurum.Curves.Building;

/// <summary>How a shape acts on a level. In text the names are lower-case.</summary>
public enum ShapeKind
{
    /// <summary>Its numbers are added: prices may be of either sign.</summary>
    Difference,

    /// <summary>Its numbers are factors: levels must be above zero.</summary>
    Ratio,
}

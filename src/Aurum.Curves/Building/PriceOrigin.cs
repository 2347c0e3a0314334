namespace Aurum.Curves.Building;

/// <summary>How a price of a built curve is known. In text the names are lower-case.</summary>
public enum PriceOrigin
{
    /// <summary>It is a quote.</summary>
    Quoted,

    /// <summary>It follows from quotes with no freedom left: the third month of a quarter with two quoted months.</summary>
    Implied,

    /// <summary>Quotes bound it, and the prior shape or smoothness chose among what they allow.</summary>
    Shaped,
}

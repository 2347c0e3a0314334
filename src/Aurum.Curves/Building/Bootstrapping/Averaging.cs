namespace Aurum.Curves.Building.Bootstrapping;

/// <summary>What the price of several months is to its quoted strip. In text the names are lower-case with underscores.</summary>
public enum Averaging
{
    /// <summary>Every hour of delivery weighs the same: what a strip is worth.</summary>
    HourWeighted,

    /// <summary>Every month weighs the same: how vendors compute the strips of their workbooks.</summary>
    SimpleMean,
}

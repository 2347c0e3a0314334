namespace Aurum.Curves.Scenarios.Grid;

/// <summary>An hour of history that a supply stack is fitted to.</summary>
/// <param name="Month">Month of the year, 1 to 12, on the market's calendar.</param>
/// <param name="IsOnPeak">Whether it is one of the market's on-peak hours.</param>
/// <param name="ResidualLoadMw">Load less wind, sun and whatever else runs at no cost, MW.</param>
/// <param name="LoadMw">Load, MW.</param>
/// <param name="Price">Per MWh, in the currency of the curves.</param>
public readonly record struct StackHour(int Month, bool IsOnPeak, double ResidualLoadMw, double LoadMw, double Price);

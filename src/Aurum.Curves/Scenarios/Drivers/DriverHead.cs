namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>What all drivers have in common, as it was read.</summary>
internal readonly record struct DriverHead(string Name, string Path, string? Version, DriverScope Scope);

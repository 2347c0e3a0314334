namespace Aurum.Market.Ticks;

/// <summary>Names whose numbers follow each other.</summary>
/// <typeparam name="T">What a number stands for.</typeparam>
/// <param name="First">Number of the first name.</param>
/// <param name="Names">The names of the numbers from there on.</param>
public sealed record NameRange<T>(int First, IReadOnlyList<T> Names);

namespace Aurum.Store.Ticks;

/// <summary>A frame of a settlement: where in the settlement's piles its parts begin.</summary>
/// <param name="Number">Of the frame.</param>
/// <param name="KnownMicros">When it was made.</param>
/// <param name="Ticks">Its first tick.</param>
/// <param name="Bars">Its first bar.</param>
/// <param name="Points">Its first curve point.</param>
internal readonly record struct SettledFrame(long Number, long KnownMicros, int Ticks, int Bars, int Points);

namespace Aurum.App.Ticks.Letters;

/// <summary>A message that stands in for a dead letter's.</summary>
/// <param name="Text">The message; of CSV with its header.</param>
/// <param name="Format">json or csv.</param>
/// <param name="Market">Market of a row without a market column; empty: none.</param>
internal sealed record MendedMessage(string Text, string Format, string Market);

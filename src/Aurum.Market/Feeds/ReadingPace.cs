namespace Aurum.Market.Feeds;

/// <summary>How readings at instants follow each other through an operating day. Some may be at odd times between them.</summary>
/// <param name="EveryMinutes">Time from one to the next.</param>
/// <param name="FirstMinutes">The first one of a day, after its start: 0, or <paramref name="EveryMinutes"/> where the last one falls
/// on the day's end.</param>
public sealed record ReadingPace(int EveryMinutes, int FirstMinutes);

using Aurum.Market.Time;

namespace Aurum.Quality.Gates;

/// <summary>What is known of a batch before its first row: it decides which expectations apply.</summary>
/// <param name="Day">The operating day that was asked for; null where the file may hold several (each is then checked on its
/// own).</param>
/// <param name="DayIsComplete">False while the publisher still adds intervals to the day; completeness is then not asked
/// for.</param>
/// <param name="KnownLocations">Ids of the places that the batch should hold; null where none is known yet.</param>
/// <param name="Earlier">Quotes of the as-of date before; null where there is none, or the rows are no quotes.</param>
public sealed record GateContext(
    OperatingDay? Day = null,
    bool DayIsComplete = true,
    IReadOnlyCollection<string>? KnownLocations = null,
    EarlierAsOf? Earlier = null);

using NodaTime;

namespace Aurum.Quality.Gates;

/// <summary>The quotes of the as-of date before, for expectations about how curves move.</summary>
/// <param name="AsOf">That date.</param>
/// <param name="Mids">Mid by curve key, unit as written, and tenor label; those that have one.</param>
/// <param name="Curves">Names of its curves for people, by curve key.</param>
public sealed record EarlierAsOf(
    LocalDate AsOf,
    IReadOnlyDictionary<(string CurveKey, string Units, string Tenor), double> Mids,
    IReadOnlyDictionary<string, string> Curves)
{
    /// <summary>The oldest of the as-of dates that the moves are of; the date before where there are none.</summary>
    public LocalDate Since { get; init; } = AsOf;

    /// <summary>Moves of each curve between the as-of dates before, newest first, by curve key and unit as written; empty where only
    /// one date is stored.</summary>
    public IReadOnlyDictionary<(string CurveKey, string Units), IReadOnlyList<CurveMove>> Moves { get; init; } =
        new Dictionary<(string, string), IReadOnlyList<CurveMove>>();
}

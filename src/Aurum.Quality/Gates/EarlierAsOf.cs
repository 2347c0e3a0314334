using NodaTime;

namespace Aurum.Quality.Gates;

/// <summary>The quotes of the as-of date before, for expectations about how curves move.</summary>
/// <param name="AsOf">That date.</param>
/// <param name="Mids">Mid by curve key, unit as written, and tenor label; those that have one.</param>
/// <param name="Curves">Names of its curves for people, by curve key.</param>
public sealed record EarlierAsOf(
    LocalDate AsOf,
    IReadOnlyDictionary<(string CurveKey, string Units, string Tenor), double> Mids,
    IReadOnlyDictionary<string, string> Curves);

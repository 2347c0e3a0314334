using System.Globalization;

namespace Aurum.Quality.History;

/// <summary>How a day's values differ from those of the days before.</summary>
/// <param name="Kind">new-unit, lost-unit, value-range, mean, spread, missing-share, distribution, new-series or lost-series.</param>
/// <param name="Expected">As it was.</param>
/// <param name="Found">As it is.</param>
public sealed record ProfileChange(string Kind, string Expected, string Found)
{
    /// <summary>The kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["new-unit", "lost-unit", "value-range", "mean", "spread", "missing-share", "distribution", "new-series", "lost-series"];
}

/// <summary>Compares a day's profile with those of the days before: robustly, so that one odd day among them does no harm.</summary>
public static class ProfileDrift
{
    /// <summary>How far beyond the widest range of the past a value may lie, in such ranges.</summary>
    private const double RangeMargin = 1;

    /// <summary>How often the spread may be that of the past, or the past that of the day.</summary>
    private const double SpreadTimes = 5;

    /// <summary>Share that stands for none in the stability index.</summary>
    private const double LeastShare = 0.005;

    private const int NamesTold = 5;

    /// <param name="day">The day, one profile a unit.</param>
    /// <param name="past">The days before, each with one profile a unit.</param>
    /// <param name="limits">What may differ.</param>
    /// <returns>None where too little is known of the past.</returns>
    public static IReadOnlyList<ProfileChange> Changes(
        IReadOnlyList<DayProfile> day, IReadOnlyList<IReadOnlyList<DayProfile>> past, StabilityExpectation limits)
    {
        if (past.Count < limits.MinDays)
        {
            return [];
        }

        var changes = new List<ProfileChange>();
        var known = past.SelectMany(static p => p).Select(static p => p.Unit).ToHashSet(StringComparer.Ordinal);
        var always = past.Select(static p => p.Select(static u => u.Unit)).Aggregate(static (a, b) => a.Intersect(b));
        changes.AddRange(day.Where(p => !known.Contains(p.Unit))
            .Select(p => new ProfileChange("new-unit", string.Join(", ", known.Order(StringComparer.Ordinal)), p.Unit)));
        changes.AddRange(always.Where(unit => day.All(p => p.Unit != unit))
            .Select(unit => new ProfileChange("lost-unit", unit, string.Join(", ", day.Select(static p => p.Unit)))));
        foreach (var profile in day)
        {
            var before = past.SelectMany(static p => p).Where(p => p.Unit == profile.Unit).ToList();
            if (before.Count >= limits.MinDays)
            {
                AddMembers(changes, profile, before);
                AddValues(changes, profile, [.. before.Where(static p => p.Known > 0)], limits);
            }
        }

        return changes;
    }

    /// <summary>Population stability index of a day against the mean deciles of the past: 0 where both are alike.</summary>
    public static double Psi(DayProfile day, IReadOnlyList<DayProfile> past)
    {
        var index = 0.0;
        var lower = 0.0;
        var lowerPast = 0.0;
        for (var i = 1; i < DayProfile.DecileCount; i++)
        {
            var isLast = i == DayProfile.DecileCount - 1;
            var bound = past.Average(p => p.Deciles[i]);
            var upper = isLast ? 1 : day.ShareBelow(bound);
            var upperPast = isLast ? 1 : past.Average(p => p.ShareBelow(bound));
            var (found, expected) = (Math.Max(LeastShare, upper - lower), Math.Max(LeastShare, upperPast - lowerPast));
            index += (found - expected) * Math.Log(found / expected);
            (lower, lowerPast) = (upper, upperPast);
        }

        return index;
    }

    private static void AddMembers(List<ProfileChange> changes, DayProfile day, List<DayProfile> before)
    {
        if (day.Members.Count == 0 || before.Any(static p => p.Members.Count == 0))
        {
            return;
        }

        var known = before.SelectMany(static p => p.Members).ToHashSet(StringComparer.Ordinal);
        var fresh = day.Members.Where(m => !known.Contains(m)).ToList();
        var here = day.Members.ToHashSet(StringComparer.Ordinal);
        var lost = before.Select(static p => p.Members.AsEnumerable()).Aggregate(static (a, b) => a.Intersect(b))
            .Where(m => !here.Contains(m)).ToList();
        if (fresh.Count > 0)
        {
            changes.Add(new ProfileChange("new-series", $"those of the {before.Count} days before", Told(fresh)));
        }

        if (lost.Count > 0)
        {
            changes.Add(new ProfileChange("lost-series", $"those of all {before.Count} days before", Told(lost)));
        }
    }

    private static void AddValues(List<ProfileChange> changes, DayProfile day, List<DayProfile> before, StabilityExpectation limits)
    {
        double Median(Func<DayProfile, double> of) => SeasonalBand.MedianOf(before.Select(of).ToArray());
        var missing = 1 - Median(static p => (double)p.Known / p.Rows);
        var missingNow = 1 - ((double)day.Known / day.Rows);
        if (before.Count > 0 && missingNow > missing + limits.MaxMissing)
        {
            changes.Add(new ProfileChange("missing-share", Percent(missing), Percent(missingNow)));
        }

        if (day.Known == 0 || before.Count < limits.MinDays)
        {
            return;
        }

        var (least, most) = (before.Min(static p => p.Least), before.Max(static p => p.Most));
        var margin = RangeMargin * Math.Max(most - least, Math.Abs(most) * LeastShare);
        if (day.Least < least - margin || day.Most > most + margin)
        {
            changes.Add(new ProfileChange(
                "value-range", $"{Number(least)} to {Number(most)}", $"{Number(day.Least)} to {Number(day.Most)}"));
        }

        var (mean, spread) = (Median(static p => p.Mean), Median(static p => p.Spread));
        var band = SeasonalBand.Of(before.Select(static p => p.Mean).ToArray(), limits.MaxMeanShift, spread / 2);
        if (!band.Holds(day.Mean))
        {
            changes.Add(new ProfileChange(
                "mean", $"{Number(band.Least)} to {Number(band.Most)}, usually {Number(mean)}", Number(day.Mean)));
        }

        if (spread > 0 && (day.Spread > spread * SpreadTimes || day.Spread < spread / SpreadTimes))
        {
            changes.Add(new ProfileChange("spread", $"about {Number(spread)}", Number(day.Spread)));
        }

        if (Psi(day, before) is var psi && psi > limits.MaxPsi)
        {
            changes.Add(new ProfileChange("distribution", $"stability index up to {Number(limits.MaxPsi)}", Number(psi)));
        }
    }

    private static string Told(List<string> names) => string.Create(
        CultureInfo.InvariantCulture,
        $"{names.Count}: {string.Join(", ", names.Take(NamesTold))}{(names.Count > NamesTold ? ", ..." : "")}");

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " % unknown";
}

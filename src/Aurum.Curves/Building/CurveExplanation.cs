using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Units;

namespace Aurum.Curves.Building;

/// <summary>Says how a curve came about.</summary>
internal static class CurveExplanation
{
    public static IReadOnlyList<KeyValuePair<string, string>> Parameters(
        DeliveryCalendar calendar, CurveRecipe recipe, PriceConversion? conversion)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("method", Lower(recipe.Method)),
            new("granularity", Lower(recipe.Granularity)),
            new("calendar", calendar.ToString()),
            new("averaging", recipe.Averaging == Averaging.HourWeighted ? "hour_weighted" : "simple_mean"),
            new("prior", recipe.Prior.Origin),
        };
        if (recipe.Granularity == CurveGranularity.Hour)
        {
            parameters.Add(new("shape", recipe.Shape is { } shape ? shape.Explain().First() : "level"));
        }

        if (conversion is not null)
        {
            parameters.Add(new("conversion", string.Join("; ", conversion.Explain())));
        }

        return parameters;
    }

    public static IEnumerable<string> Of(
        ForwardPeriods forwards, IReadOnlyList<CurvePoint> points, CurveRecipe recipe, PriceConversion? conversion)
    {
        var origins = points.CountBy(static p => p.Origin).OrderBy(static c => c.Key).Select(static c => $"{c.Value} {Lower(c.Key)}");
        yield return $"{points.Count} {Lower(recipe.Granularity)}s by {Lower(recipe.Method)} of {forwards.Used.Count} quotes: "
            + string.Join(", ", origins);
        if (forwards.Repeated.Count > 0)
        {
            yield return $"{forwards.Repeated.Count} more quotes say the same within rounding";
        }

        if (forwards.Over.Count > 0)
        {
            yield return $"{forwards.Over.Count} quotes are for months that are over";
        }

        foreach (var conflict in forwards.Conflicts)
        {
            yield return $"not met: {conflict}";
        }

        foreach (var line in conversion?.Explain() ?? [])
        {
            yield return line;
        }

        if (recipe.Granularity == CurveGranularity.Hour)
        {
            foreach (var line in recipe.Shape?.Explain() ?? ["every hour has the price of its period: no shape was given"])
            {
                yield return line;
            }
        }
    }

    private static string Lower<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}

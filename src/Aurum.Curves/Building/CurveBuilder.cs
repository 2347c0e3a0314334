using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Smoothing;
using Aurum.Curves.Building.Units;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Building;

/// <summary>Builds a forward curve of the quotes of one curve and one as-of date. Pure: the same quotes give the same curve.</summary>
public static class CurveBuilder
{
    /// <param name="identity">Which curve; its block and market say in which hours it delivers.</param>
    /// <param name="unit">Unit of the quotes; null where their vendor does not say it.</param>
    /// <param name="quotes">Months and strips.</param>
    /// <param name="recipe">What to make of them.</param>
    /// <returns>A refusal where the quotes, the block, the units, the rates or the shape do not allow it.</returns>
    /// <exception cref="ArgumentException">The quotes are of several curves or as-of dates.</exception>
    public static Built<BuiltCurve> Build(
        CurveIdentity identity, CurveUnit? unit, IReadOnlyList<BuildQuote> quotes, CurveRecipe recipe)
    {
        RefuseMixtures(identity, quotes);
        if (quotes.Count == 0)
        {
            return Built<BuiltCurve>.Refuse(RefusalReason.NoQuotes, "expected quotes of the curve, found none");
        }

        var calendar = DeliveryCalendar.For(identity);
        if (calendar.Value is null)
        {
            return calendar.Refusal!;
        }

        var conversion = ConversionOf(unit, quotes[0].Ref.AsOf, recipe);
        if (conversion.Refusal is { } noConversion)
        {
            return noConversion;
        }

        var periods = PeriodsOf(quotes, calendar.Value, recipe);
        if (periods.Value is not { } forwards)
        {
            return periods.Refusal!;
        }

        var points = PointsOf(forwards, calendar.Value, recipe);
        return points.Value is { } built
            ? Assemble(identity, unit, calendar.Value, recipe, conversion.Value, forwards, built, quotes[0].Ref.AsOf)
            : points.Refusal!;
    }

    private static void RefuseMixtures(CurveIdentity identity, IReadOnlyList<BuildQuote> quotes)
    {
        foreach (var quote in quotes)
        {
            if (quote.Ref.CurveKey != identity.Key || quote.Ref.AsOf != quotes[0].Ref.AsOf)
            {
                var expected = $"curve {identity.Key} as of {quotes[0].Ref.AsOf:uuuu-MM-dd}";
                throw new ArgumentException($"expected quotes of {expected}, found {quote.Ref} of {quote.Ref.CurveKey}");
            }
        }
    }

    /// <summary>The conversion that the recipe asks for; nothing and no refusal where it asks for none.</summary>
    private static Built<PriceConversion> ConversionOf(CurveUnit? unit, LocalDate asOf, CurveRecipe recipe)
    {
        if (recipe.Unit is not { } target)
        {
            return default;
        }

        var source = PriceUnits.Of(unit);
        return source.Value is { } known
            ? PriceConversion.Between(known, target, asOf, recipe.Rates, recipe.Contents)
            : source.Refusal!;
    }

    private static Built<ForwardPeriods> PeriodsOf(IReadOnlyList<BuildQuote> quotes, DeliveryCalendar calendar, CurveRecipe recipe)
    {
        if (recipe.Method == BuildMethod.Smooth)
        {
            var smooth = MaximumSmoothness.Build(quotes, calendar, recipe.Averaging, recipe.Prior);
            return smooth.Value is { } days ? ForwardPeriods.Of(days, recipe.Granularity) : smooth.Refusal!;
        }

        var bootstrap = MonthBootstrap.Build(quotes, calendar, recipe.Averaging, recipe.Prior);
        return bootstrap.Value is { } months ? ForwardPeriods.Of(months, calendar, recipe.Granularity) : bootstrap.Refusal!;
    }

    private static Built<CurvePoint[]> PointsOf(ForwardPeriods forwards, DeliveryCalendar calendar, CurveRecipe recipe)
    {
        var zone = calendar.Calendar.Zone;
        if (recipe.Granularity != CurveGranularity.Hour)
        {
            return forwards.Periods.Select(p => new CurvePoint(
                p.Period.First,
                DeliveryInterval.Between(
                    zone.AtStartOfDay(p.Period.First).ToInstant(), zone.AtStartOfDay(p.Period.Last.PlusDays(1)).ToInstant()),
                p.Period.Price, p.Hours, p.Origin)).ToArray();
        }

        var shape = recipe.Shape ?? HourlyShape.Level(calendar.Calendar);
        if (shape.Calendar != calendar.Calendar)
        {
            throw new ArgumentException($"expected a shape of calendar {calendar.Calendar.Name}, found {shape.Calendar.Name}");
        }

        var periods = new BlockForwards(calendar.Block, [.. forwards.Periods.Select(static p => p.Period)]);
        var expanded = HourlyExpansion.Apply(shape, periods);
        if (expanded.Value is not { } hours)
        {
            return expanded.Refusal!;
        }

        return Array.ConvertAll(hours, hour => new CurvePoint(
            Instant.FromUnixTimeSeconds(hour.StartUnixSeconds).InZone(zone).Date,
            DeliveryInterval.FromUnixSeconds(hour.StartUnixSeconds, 3_600), hour.Price, 1, PriceOrigin.Shaped));
    }

    private static BuiltCurve Assemble(
        CurveIdentity identity,
        CurveUnit? unit,
        DeliveryCalendar calendar,
        CurveRecipe recipe,
        PriceConversion? conversion,
        ForwardPeriods forwards,
        CurvePoint[] points,
        LocalDate asOf)
    {
        if (conversion is not null)
        {
            points = Array.ConvertAll(points, point => point with { Price = conversion.Apply(point.Price) });
        }

        return new BuiltCurve
        {
            Identity = identity,
            AsOf = asOf,
            Method = recipe.Method,
            Granularity = recipe.Granularity,
            Calendar = calendar,
            Unit = conversion?.To ?? PriceUnits.Of(unit).Value,
            Points = points,
            Parameters = CurveExplanation.Parameters(calendar, recipe, conversion),
            Used = forwards.Used,
            Repeated = forwards.Repeated,
            Conflicts = forwards.Conflicts,
            Conversion = conversion,
            Explanation = [.. CurveExplanation.Of(forwards, points, recipe, conversion)],
        };
    }
}

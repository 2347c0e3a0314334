using Aurum.Curves.Building;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Strips;
using Aurum.Curves.Building.Units;
using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Curves.Scenarios;

/// <summary>A forward curve by month that a scenario is asked of.</summary>
public sealed record ScenarioCurve
{
    /// <summary>For people, and for drivers that name their curves.</summary>
    public required string Name { get; init; }

    public required CurveIdentity Identity { get; init; }

    /// <summary>Date that its quotes are for.</summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>Unit of its prices; null where its vendor does not say it.</summary>
    public required PriceUnit? Unit { get; init; }

    /// <summary>The hours in which it delivers.</summary>
    public required DeliveryCalendar Calendar { get; init; }

    /// <summary>In order of time, each once.</summary>
    public required IReadOnlyList<ScenarioMonth> Months { get; init; }

    /// <summary>The strips that are priced from its months.</summary>
    public IReadOnlyList<Tenor> Strips { get; init; } = [];

    public string CurveKey => Identity.Key;

    /// <summary>A curve that was built by months, with every calendar year, quarter, summer and winter of which it has all
    /// months.</summary>
    /// <param name="winter">The year that a winter is named after.</param>
    /// <exception cref="ArgumentException">The curve was built by days or hours.</exception>
    public static ScenarioCurve Of(BuiltCurve built, string name, WinterYear winter = WinterYear.First)
    {
        if (built.Granularity != CurveGranularity.Month)
        {
            throw new ArgumentException($"expected a curve by months, found one by {built.Granularity}", nameof(built));
        }

        ScenarioMonth[] months =
            [.. built.Points.Select(static p => new ScenarioMonth(p.Date.ToYearMonth(), p.Hours, p.Price))];
        return new ScenarioCurve
        {
            Name = name,
            Identity = built.Identity,
            AsOf = built.AsOf,
            Unit = built.Unit,
            Calendar = built.Calendar,
            Months = months,
            Strips = WholeStrips(months, winter),
        };
    }

    /// <summary>The calendar years, quarters, summers and winters of which every month is there.</summary>
    public static IReadOnlyList<Tenor> WholeStrips(IReadOnlyList<ScenarioMonth> months, WinterYear winter = WinterYear.First)
    {
        if (months.Count == 0)
        {
            return [];
        }

        var there = months.Select(static m => m.Month).ToHashSet();
        return
        [
            .. StripTenors.Overlapping(months[0].Month, months[^1].Month, winter)
                .Where(strip => StripTenors.MonthsOf(strip).All(there.Contains)),
        ];
    }
}

/// <summary>A month of a curve.</summary>
/// <param name="Month">Month of delivery.</param>
/// <param name="Hours">Hours of delivery, those that the clock really runs.</param>
/// <param name="Price">In the curve's unit.</param>
public readonly record struct ScenarioMonth(YearMonth Month, int Hours, double Price);

using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Units;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Building;

/// <summary>A forward curve that was built of quotes, with all that it hangs on.</summary>
public sealed record BuiltCurve
{
    public required CurveIdentity Identity { get; init; }

    /// <summary>Date that its quotes are for.</summary>
    public required LocalDate AsOf { get; init; }

    public required BuildMethod Method { get; init; }

    public required CurveGranularity Granularity { get; init; }

    /// <summary>The hours in which it delivers.</summary>
    public required DeliveryCalendar Calendar { get; init; }

    /// <summary>Unit of its prices; null where the quotes have none.</summary>
    public required PriceUnit? Unit { get; init; }

    /// <summary>Prices in order of time. Periods that no quote is for, and periods without an hour of delivery, are left out.</summary>
    public required IReadOnlyList<CurvePoint> Points { get; init; }

    /// <summary>What it was built with, by name: the calendar, what strips mean, prior, shape, conversion.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>The quotes that it holds to, with prices in the quotes' own unit.</summary>
    public required IReadOnlyList<UsedQuote> Used { get; init; }

    /// <summary>Quotes that the used ones already say, within rounding.</summary>
    public required IReadOnlyList<BuildQuote> Repeated { get; init; }

    /// <summary>Quotes that the used ones contradict: the curve does not hold to them.</summary>
    public required IReadOnlyList<QuoteConflict> Conflicts { get; init; }

    /// <summary>Quotes of the curve and date that no price was made of, with the reason.</summary>
    public IReadOnlyList<UnusedQuote> NotUsed { get; init; } = [];

    /// <summary>How prices were turned into <see cref="Unit"/>; null where they were not.</summary>
    public required PriceConversion? Conversion { get; init; }

    /// <summary>What was done, for people, a sentence each.</summary>
    public required IReadOnlyList<string> Explanation { get; init; }
}

/// <summary>A quote that a result was not made of.</summary>
/// <param name="Quote">Which.</param>
/// <param name="Price">Its price in its own unit; NaN where it has none.</param>
/// <param name="Why">Why not, for people.</param>
public readonly record struct UnusedQuote(QuoteRef Quote, double Price, string Why);

/// <summary>The forward price of a period.</summary>
/// <param name="Date">First day of delivery on the market's calendar.</param>
/// <param name="Delivery">From the start of the first day to the end of the last, or the hour, UTC.</param>
/// <param name="Price">In the curve's unit.</param>
/// <param name="Hours">Hours of delivery in it.</param>
/// <param name="Origin">How it is known.</param>
public readonly record struct CurvePoint(LocalDate Date, DeliveryInterval Delivery, double Price, int Hours, PriceOrigin Origin);

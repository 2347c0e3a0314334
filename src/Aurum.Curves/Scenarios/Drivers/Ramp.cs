using Aurum.Curves.Documents;
using NodaTime;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>How a driver grows from year to year.</summary>
/// <remarks>Nothing before January of the first year; all of it from the end of the last year on. In between it lies on a line
/// over the
/// middles of months, or steps up each January: the n-th of N years has n/N.</remarks>
/// <param name="StartYear">First year; null: the as-of year.</param>
/// <param name="EndYear">Last year; null: no ramp.</param>
/// <param name="Interpolation">In between.</param>
public readonly record struct Ramp(int? StartYear, int? EndYear, Interpolation Interpolation)
{
    private const int FirstYear = 1900;
    private const int LastYear = 2100;

    /// <summary>Share of the whole that has come by a month, 0 to 1.</summary>
    internal double ShareAt(YearMonth month, LocalDate asOf)
    {
        if (StartYear is null && EndYear is null)
        {
            return 1;
        }

        var start = StartYear ?? asOf.Year;
        return month.Year < start ? 0
            : EndYear is not { } end ? 1
            : YearsAt(month, asOf) / Math.Max(1, end - start + 1);
    }

    /// <summary>Years since January of the first year, not after the end of the last; 0 before.</summary>
    internal double YearsAt(YearMonth month, LocalDate asOf)
    {
        var start = StartYear ?? asOf.Year;
        if (month.Year < start)
        {
            return 0;
        }

        var years = Interpolation == Interpolation.Step ? month.Year - start + 1 : month.Year - start + ((month.Month - 0.5) / 12);
        return EndYear is { } end ? Math.Min(years, Math.Max(1, end - start + 1)) : years;
    }

    internal static Ramp Read(DocumentReader payload, Interpolation interpolation = Interpolation.Linear)
    {
        int? start = payload.Has("start_year") ? payload.IntegerOr("start_year", FirstYear, FirstYear, LastYear) : null;
        int? end = payload.Has("end_year") ? payload.IntegerOr("end_year", LastYear, FirstYear, LastYear) : null;
        if (start is { } first && end is { } last && last < first)
        {
            payload.Refuse("end_year", $"a year from start_year {first} on");
        }

        return new Ramp(start, end, payload.ChoiceOr("interpolation", interpolation));
    }

    /// <summary>For people; empty where there is no ramp.</summary>
    public override string ToString() => (StartYear, EndYear) switch
    {
        (null, null) => "",
        ({ } start, null) => $" from {start} on",
        (null, { } end) => $", growing until {end} ({ChoiceNames<Interpolation>.Of(Interpolation)})",
        ({ } start, { } end) => $", growing from {start} to {end} ({ChoiceNames<Interpolation>.Of(Interpolation)})",
    };
}

/// <summary>What lies between two points in time. In text the names are lower-case.</summary>
public enum Interpolation
{
    Linear,
    Step,
}

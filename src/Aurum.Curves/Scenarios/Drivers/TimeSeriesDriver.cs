using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Running;
using NodaTime;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>An effect that is given month by month and carried on: as a trend, a season, a cycle, or points in time.</summary>
/// <remarks>
/// <para>Values are for consecutive months from the start; those of <c>irregular</c> have months of their own and what lies
/// between is on a
/// line, or stays. Nothing happens before the first.</para>
/// <para>After the last value, for the months of the horizon: <c>trend</c> goes on from it by a slope, given or that of least
/// squares;
/// <c>seasonal</c> repeats the mean of each place in the period; <c>cyclical</c> is the mean of the values plus amplitude x sine;
/// <c>irregular</c> stays. After the horizon there is nothing, or the last value stays.</para>
/// </remarks>
public sealed record TimeSeriesDriver : Driver
{
    internal const string TypeName = "time_series";

    private const int MaxValues = 600;
    private const int DefaultHorizonMonths = 24;

    private static readonly NumberRange ValueRange = new(-10_000, 10_000);

    public required SeriesType SeriesType { get; init; }

    /// <summary>Values with their months since the first one, in order.</summary>
    public required IReadOnlyList<SeriesPoint> Points { get; init; }

    /// <summary>Month of the first value; null: that of the as-of date.</summary>
    public YearMonth? Start { get; init; }

    /// <summary>Whether values are amounts in the curve's unit, or percent of the price.</summary>
    public AppliesAs AppliesAs { get; init; }

    public Interpolation Interpolation { get; init; }

    /// <summary>Months after the last value for which it is carried on.</summary>
    public int ForecastHorizonMonths { get; init; } = DefaultHorizonMonths;

    /// <summary>Whether the last value stays after the horizon.</summary>
    public bool IsHeldAfter { get; init; }

    /// <summary>Of a trend: change a month; null: that of least squares through the values.</summary>
    public double? SlopePerMonth { get; init; }

    /// <summary>Of a season or a cycle: its length.</summary>
    public int PeriodMonths { get; init; } = 12;

    /// <summary>Of a cycle: most that it is away from its mean.</summary>
    public double Amplitude { get; init; }

    /// <summary>Of a cycle: months after the first value at which it is at its mean and rises.</summary>
    public double PhaseMonths { get; init; }

    public override string Type => TypeName;

    internal static TimeSeriesDriver Read(DocumentReader payload, DriverHead head)
    {
        var type = payload.Choice<SeriesType>("series_type");
        var start = payload.OptionalMonth("start");
        var points = type == SeriesType.Irregular ? ReadDated(payload, ref start) : ReadConsecutive(payload);
        var (trend, season) = (payload.Maybe("trend_params"), payload.Maybe("seasonal_params"));
        var driver = new TimeSeriesDriver
        {
            Name = head.Name,
            Path = head.Path,
            Version = head.Version,
            Scope = head.Scope,
            SeriesType = type,
            Points = points,
            Start = start,
            AppliesAs = payload.ChoiceOr("applies_as", AppliesAs.Adder),
            Interpolation = payload.ChoiceOr("interpolation", Interpolation.Linear),
            ForecastHorizonMonths = payload.IntegerOr("forecast_horizon", DefaultHorizonMonths, 1, MaxValues, "months"),
            IsHeldAfter = payload.OneOf("after_horizon", ["zero", "hold"]) == "hold",
            SlopePerMonth = trend?.OptionalNumber("slope_per_month", ValueRange),
            PeriodMonths = season?.IntegerOr("period_months", 12, 2, 240, "months") ?? 12,
            Amplitude = season?.NumberOr("amplitude", 0, NumberRange.From0(10_000)) ?? 0,
            PhaseMonths = season?.NumberOr("phase_months", 0, new NumberRange(-240, 240, "months")) ?? 0,
        };
        RefuseMisplaced(payload, driver, trend, season);
        return driver;
    }

    private static void RefuseMisplaced(
        DocumentReader payload, TimeSeriesDriver driver, DocumentReader? trend, DocumentReader? season)
    {
        if (trend is not null && driver.SeriesType != SeriesType.Trend)
        {
            payload.Refuse("trend_params", "no trend_params but with series_type trend", "trend_params");
        }

        if (season is not null && driver.SeriesType is not (SeriesType.Seasonal or SeriesType.Cyclical))
        {
            payload.Refuse("seasonal_params", "no seasonal_params but with series_type seasonal or cyclical", "seasonal_params");
        }

        if (driver.SeriesType == SeriesType.Cyclical && driver.Amplitude == 0)
        {
            payload.Refuse("seasonal_params", "seasonal_params with an amplitude above 0 for a cycle");
        }

        if (driver.SeriesType == SeriesType.Seasonal && driver.Points.Count < driver.PeriodMonths && driver.Points.Count > 0)
        {
            payload.Refuse(
                "base_values", $"values for a whole period of {driver.PeriodMonths} months", $"{driver.Points.Count} values");
        }
    }

    private static IReadOnlyList<SeriesPoint> ReadConsecutive(DocumentReader payload) =>
        [.. payload.Numbers("base_values", 1, MaxValues, ValueRange).Select(static (v, i) => new SeriesPoint(i, v))];

    private static IReadOnlyList<SeriesPoint> ReadDated(DocumentReader payload, ref YearMonth? start)
    {
        if (start is not null)
        {
            payload.Refuse("start", "no start with series_type irregular: its values have months");
        }

        var dated = payload.List("base_values", 1, MaxValues, static p => (Month: p.Month("month"), Value: p.Number("value", ValueRange)));
        if (dated.Count == 0)
        {
            return [];
        }

        var first = dated[0].Month;
        start = first;
        var points = dated.Select(p => new SeriesPoint(Between(first, p.Month), p.Value)).ToArray();
        for (var i = 1; i < points.Length; i++)
        {
            if (points[i].Months <= points[i - 1].Months)
            {
                payload.RefuseAt(
                    $"{payload.Path}.base_values[{i}].month", $"a month after {dated[i - 1].Month:uuuu-MM}", $"{dated[i].Month:uuuu-MM}");
            }
        }

        return points;
    }

    internal override double Effect(in DeliveryState at)
    {
        var value = ValueAt(Between(Start ?? at.View.Curve.AsOf.ToYearMonth(), at.Month));
        return AppliesAs == AppliesAs.Adder ? value : Math.Abs(at.Price) * value / 100;
    }

    /// <summary>The value of a month.</summary>
    /// <param name="months">Since the first value.</param>
    internal double ValueAt(int months)
    {
        var last = Points[^1];
        var end = last.Months + ForecastHorizonMonths;
        return months < 0 ? 0
            : months <= last.Months ? Given(months)
            : months <= end ? Carried(months)
            : IsHeldAfter ? Carried(end)
            : 0;
    }

    private double Given(int months)
    {
        var i = 0;
        while (Points[i].Months < months)
        {
            i++;
        }

        if (Points[i].Months == months)
        {
            return Points[i].Value;
        }

        var (before, after) = (Points[i - 1], Points[i]);
        var share = Interpolation == Interpolation.Step ? 0 : (double)(months - before.Months) / (after.Months - before.Months);
        return before.Value + (share * (after.Value - before.Value));
    }

    private double Carried(int months) => SeriesType switch
    {
        SeriesType.Trend => Points[^1].Value + ((SlopePerMonth ?? LeastSquaresSlope()) * (months - Points[^1].Months)),
        SeriesType.Seasonal => Points.Where(p => p.Months % PeriodMonths == months % PeriodMonths).Average(static p => p.Value),
        SeriesType.Cyclical => Points.Average(static p => p.Value)
            + (Amplitude * Math.Sin(Math.Tau * (months - PhaseMonths) / PeriodMonths)),
        _ => Points[^1].Value,
    };

    private double LeastSquaresSlope()
    {
        var (x, y) = (Points.Average(static p => (double)p.Months), Points.Average(static p => p.Value));
        var spread = Points.Sum(p => (p.Months - x) * (p.Months - x));
        return spread == 0 ? 0 : Points.Sum(p => (p.Months - x) * (p.Value - y)) / spread;
    }

    private static int Between(YearMonth from, YearMonth to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;

    internal override string Explain(ScenarioInputs inputs)
    {
        var start = Start is { } month ? $"{month:uuuu-MM}" : "the as-of month";
        var unit = AppliesAs == AppliesAs.Adder ? "in the curve's unit" : "percent of the price";
        var after = IsHeldAfter ? "and its last value after that" : "and nothing after that";
        return $"{ChoiceNames<SeriesType>.Of(SeriesType)} of {Points.Count} values {unit} from {start} on, "
            + $"carried on for {ForecastHorizonMonths} months {after}";
    }
}

/// <summary>A value of a series.</summary>
/// <param name="Months">Since the first one.</param>
/// <param name="Value">In the unit of the driver.</param>
public readonly record struct SeriesPoint(int Months, double Value);

/// <summary>How a series goes on. In text the names are lower-case.</summary>
public enum SeriesType
{
    Trend,
    Seasonal,
    Cyclical,
    Irregular,
}

/// <summary>What a value is. In text the names are lower-case.</summary>
public enum AppliesAs
{
    /// <summary>An amount in the curve's unit.</summary>
    Adder,

    /// <summary>Percent of the price before the driver acts.</summary>
    Percent,
}

using Aurum.Curves.Building.Bootstrapping;
using NodaTime;

namespace Aurum.Curves.Building.Smoothing;

/// <summary>The shape of a year without steps: the waves of one year and of half a year that come nearest to twelve months.</summary>
internal sealed class YearWave
{
    private const int Waves = 2;

    private readonly (double Cosine, double Sine)[] _waves = new (double, double)[Waves];

    /// <param name="shape">Twelve numbers.</param>
    /// <param name="level">What a shape of factors is multiplied with.</param>
    public YearWave(MonthShape shape, double level)
    {
        for (var month = 0; month < MonthShape.Months; month++)
        {
            var value = shape.Kind == ShapeKind.Ratio ? level * (shape.ByMonth[month] - 1) : shape.ByMonth[month];
            for (var wave = 0; wave < Waves; wave++)
            {
                var (sine, cosine) = Math.SinCos(AngleOf((month + 0.5) / MonthShape.Months, wave));
                _waves[wave].Cosine += value * cosine * 2 / MonthShape.Months;
                _waves[wave].Sine += value * sine * 2 / MonthShape.Months;
            }
        }
    }

    /// <summary>What a day has above the year's mean.</summary>
    public double Of(LocalDate date)
    {
        var share = (date.DayOfYear - 0.5) / (CalendarSystem.Iso.IsLeapYear(date.Year) ? 366 : 365);
        var sum = 0.0;
        for (var wave = 0; wave < Waves; wave++)
        {
            var (sine, cosine) = Math.SinCos(AngleOf(share, wave));
            sum += (_waves[wave].Cosine * cosine) + (_waves[wave].Sine * sine);
        }

        return sum;
    }

    private static double AngleOf(double share, int wave) => 2 * Math.PI * (wave + 1) * share;
}

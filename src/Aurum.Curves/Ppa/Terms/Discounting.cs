using NodaTime;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>What money of a later day is worth.</summary>
/// <param name="AnnualPercent">One rate for all days, effective a year; not used where there are <paramref name="Zeros"/>.</param>
/// <param name="Zeros">Zero rates, effective a year, in order of their days: between two linear in the day, outside the nearest.</param>
/// <param name="PaymentLagDays">Days from the end of a delivery month to its payment.</param>
public sealed record Discounting(double AnnualPercent, IReadOnlyList<ZeroRate> Zeros, int PaymentLagDays)
{
    private const double DaysPerYear = 365;

    /// <summary>One rate, paid at the end of the month.</summary>
    public static Discounting Flat(double annualPercent, int paymentLagDays = 0) => new(annualPercent, [], paymentLagDays);

    /// <summary>Day on which a month is paid: its last day and the lag.</summary>
    public LocalDate PaymentOf(YearMonth month) => month.ToDateInterval().End.PlusDays(PaymentLagDays);

    /// <summary>Value on one day of 1 paid on another: <c>(1 + rate)^-(days / 365)</c>.</summary>
    public double FactorOf(LocalDate valuation, LocalDate payment)
    {
        var days = Period.DaysBetween(valuation, payment);
        return Math.Pow(1 + (PercentOf(payment) / 100), -days / DaysPerYear);
    }

    /// <summary>Rates moved by points of a percent.</summary>
    public Discounting Moved(double points) => this with
    {
        AnnualPercent = AnnualPercent + points,
        Zeros = [.. Zeros.Select(z => z with { AnnualPercent = z.AnnualPercent + points })],
    };

    /// <summary>The rate for a day, percent a year.</summary>
    public double PercentOf(LocalDate day)
    {
        if (Zeros.Count == 0)
        {
            return AnnualPercent;
        }

        for (var i = 0; i < Zeros.Count; i++)
        {
            if (day > Zeros[i].Date)
            {
                continue;
            }

            if (i == 0 || day == Zeros[i].Date)
            {
                return Zeros[i].AnnualPercent;
            }

            var (before, after) = (Zeros[i - 1], Zeros[i]);
            var share = (double)Period.DaysBetween(before.Date, day) / Period.DaysBetween(before.Date, after.Date);
            return before.AnnualPercent + (share * (after.AnnualPercent - before.AnnualPercent));
        }

        return Zeros[^1].AnnualPercent;
    }
}

/// <summary>A zero rate.</summary>
/// <param name="Date">Day of payment.</param>
/// <param name="AnnualPercent">Effective a year.</param>
public readonly record struct ZeroRate(LocalDate Date, double AnnualPercent);

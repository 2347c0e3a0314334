using System.Globalization;
using Aurum.Curves.Documents;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>A contract's term sheet in plain words.</summary>
public static class PpaWords
{
    /// <summary>A line a term: what it is called and what it says.</summary>
    public static IReadOnlyList<TermLine> Of(PpaContract contract)
    {
        var lines = new List<TermLine>
        {
            new("Contract", contract.Name),
            new("Parties", contract.Side == PpaSide.Buyer
                ? $"We buy from {contract.Counterparty}."
                : $"We sell to {contract.Counterparty}."),
            new("Delivery", DeliveryOf(contract)),
            new("Settlement point", PointOf(contract)),
            new("Volume", string.Join(' ', VolumeWords.Of(contract.Volume))),
            new("Price", string.Join(' ', PriceWords.Of(contract))),
            new("Low prices", PriceWords.LowPricesOf(contract)),
            new("Settlement", SettlementOf(contract)),
        };
        lines.AddRange(MoneyOf(contract));
        return lines;
    }

    /// <summary>A day as it is written everywhere.</summary>
    internal static string Day(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    internal static string Number(double number) => number.ToString("#,##0.####", CultureInfo.InvariantCulture);

    internal static string PerMwh(PpaContract contract, double amount) => $"{Number(amount)} {contract.Currency}/MWh";

    private static string DeliveryOf(PpaContract contract)
    {
        var months = Period.Between(contract.Start, contract.End.PlusDays(1), PeriodUnits.Months).Months;
        var length = months % 12 == 0 && contract.Start.PlusMonths((int)months) == contract.End.PlusDays(1)
            ? $" ({months / 12} {(months == 12 ? "year" : "years")})"
            : "";
        var plant = ChoiceNames<PpaTechnology>.Of(contract.Technology).Replace('_', ' ');
        return $"{Day(contract.Start)} to {Day(contract.End)}, both included{length}; {plant}; local days of {contract.Market.Zone.Id}.";
    }

    private static string PointOf(PpaContract contract)
    {
        var curves = contract.Curves.AllHours is { } all
            ? $"priced on the curve '{all}'"
            : $"priced on the curves '{contract.Curves.OnPeak}' (peak) and '{contract.Curves.OffPeak}' (other hours)";
        var point = contract.Point;
        if (point.Kind == PointKind.Hub)
        {
            return $"Hub {point.Name}, {curves}.";
        }

        var basis = point.Basis.Kind switch
        {
            BasisKind.Fixed => PerMwh(contract, point.Basis.Amount),
            BasisKind.ByMonth =>
                $"{string.Join(", ", point.Basis.ByMonth.Select(Number))} {contract.Currency}/MWh from January to December",
            _ when point.Basis.Months.Count > 0 =>
                $"amounts of {point.Basis.Months.Count} months from {point.Basis.Months[0].Month:uuuu-MM} on",
            _ => "the difference of the two places' curves on the valuation date",
        };
        return $"Node {point.Name}; its hub is {curves}; the node's price is the hub's plus a basis of {basis}.";
    }

    private static string SettlementOf(PpaContract contract)
    {
        var what = contract.Settlement == PpaSettlementType.Physical
            ? "Physical: the buyer takes the energy, worth the market price, and pays the contract price"
            : "Financial: the seller pays the buyer the market price less the contract price, or gets what is missing";
        return $"{what}; each {contract.SettlementMinutes} minutes by themselves, invoiced by calendar month.";
    }

    private static IEnumerable<TermLine> MoneyOf(PpaContract contract)
    {
        if (contract.Fees != new PpaFees(0, 0))
        {
            var perMonth = $"{Number(contract.Fees.PerMonth)} {contract.Currency} a month";
            yield return new TermLine("Fees", $"We pay {PerMwh(contract, contract.Fees.PerMwh)} delivered and {perMonth}.");
        }

        if (contract.CreditPercentPerYear > 0)
        {
            yield return new TermLine(
                "Security", $"Costs us {Number(contract.CreditPercentPerYear)} % a year of the payments still to come, charged by month.");
        }

        if (contract.Upfront is { } upfront)
        {
            var verb = upfront.Amount >= 0 ? "We pay" : "We get";
            yield return new TermLine(
                "Paid once", $"{verb} {Number(Math.Abs(upfront.Amount))} {contract.Currency} on {Day(upfront.Date ?? contract.Start)}.");
        }

        var rates = contract.Discounting;
        var rate = rates.Zeros.Count == 0
            ? $"{Number(rates.AnnualPercent)} % a year"
            : $"{rates.Zeros.Count} zero rates from {Number(rates.Zeros[0].AnnualPercent)} % on {Day(rates.Zeros[0].Date)} to "
                + $"{Number(rates.Zeros[^1].AnnualPercent)} % on {Day(rates.Zeros[^1].Date)}";
        yield return new TermLine(
            "Discounting", $"At {rate} (effective, days over 365); a month is paid {rates.PaymentLagDays} days after its end.");
        yield return new TermLine(
            "Calendar", $"Peak hours and holidays of {contract.Market.Name}, version {PeakCalendars.Shipped.Version}.");
    }
}

/// <summary>A line of a term sheet.</summary>
/// <param name="Term">What it is about: <c>Price</c>.</param>
/// <param name="Text">What is agreed, one or more sentences.</param>
public sealed record TermLine(string Term, string Text);

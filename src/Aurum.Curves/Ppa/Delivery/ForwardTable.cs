using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Curves.Ppa.Delivery;

/// <summary>Forward prices of the months of a grid in the contract's currency: one for all hours, or one for the peak and one for the
/// others.</summary>
internal sealed class ForwardTable
{
    private ForwardTable(double[] onPeak, double[] offPeak, bool hasBlocks, IReadOnlyList<string> notes)
    {
        OnPeak = onPeak;
        OffPeak = offPeak;
        HasBlocks = hasBlocks;
        Notes = notes;
    }

    /// <summary>By month of the grid: the peak, or all hours where there are no blocks.</summary>
    public double[] OnPeak { get; }

    /// <summary>By month: the other hours; equal to <see cref="OnPeak"/> where there are no blocks.</summary>
    public double[] OffPeak { get; }

    public bool HasBlocks { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <param name="fxDate">Day whose exchange rates count.</param>
    /// <exception cref="ValuationRefusedException">Curves, months or rates are missing.</exception>
    public static ForwardTable Of(DeliveryGrid grid, MarketView view, string currency, LocalDate fxDate)
    {
        var notes = new List<string>();
        if (view.Forwards is [{ Block: Block.AllHours } all])
        {
            var prices = PricesOf(grid, all, view, currency, fxDate, notes);
            return new ForwardTable(prices, prices, false, notes);
        }

        if (view.Forwards.Count == 2 && view.Forwards.FirstOrDefault(static c => c.Block == Block.OnPeak) is { } on
            && view.Forwards.FirstOrDefault(static c => c.Block == Block.OffPeak) is { } off)
        {
            return new ForwardTable(
                PricesOf(grid, on, view, currency, fxDate, notes), PricesOf(grid, off, view, currency, fxDate, notes), true, notes);
        }

        var found = string.Join(", ", view.Forwards.Select(static c => BlockNames.Text(c.Block)).DefaultIfEmpty("none"));
        throw new ValuationRefusedException(
            $"expected one curve of all hours, or one of the peak and one of the other hours, found {found}");
    }

    /// <summary>The same with every price times a factor and with an amount added.</summary>
    public ForwardTable Moved(double factor, double amount)
    {
        var on = Array.ConvertAll(OnPeak, p => (p * factor) + amount);
        return new ForwardTable(on, HasBlocks ? Array.ConvertAll(OffPeak, p => (p * factor) + amount) : on, HasBlocks, Notes);
    }

    private static double[] PricesOf(
        DeliveryGrid grid, BlockCurve curve, MarketView view, string currency, LocalDate fxDate, List<string> notes)
    {
        var what = $"curve of {BlockNames.Text(curve.Block)}";
        var priced = curve.Months.Count(static m => double.IsFinite(m.Price));
        if (priced == 0 || priced < curve.Months.Count)
        {
            throw new ValuationRefusedException(
                $"{what}: expected months with finite prices, found {priced} of {curve.Months.Count} months with one");
        }

        var rate = view.Rates.Of(curve.Currency, currency, fxDate);
        if (rate.Value is not { } fx)
        {
            throw new ValuationRefusedException($"{what}: {rate.Refusal!.Message}");
        }

        if (fx.From != fx.To)
        {
            notes.Add($"{what}: prices times {fx}, the same for all months");
        }

        var amounts = curve.Months.Select(static m => new MonthAmount(m.Month, m.Price)).ToArray();
        return Array.ConvertAll(MonthValues.Of(grid, amounts, view.Beyond, what, notes), price => price * fx.Rate);
    }
}

/// <summary>Amounts of months, laid on the months of a grid.</summary>
internal static class MonthValues
{
    private const int MonthsOfYear = 12;

    /// <param name="what">What they are of, for messages.</param>
    /// <param name="notes">Takes what was assumed.</param>
    /// <exception cref="ValuationRefusedException">A month is missing.</exception>
    public static double[] Of(
        DeliveryGrid grid, IReadOnlyList<MonthAmount> amounts, BeyondRule beyond, string what, List<string> notes)
    {
        var byMonth = new Dictionary<YearMonth, double>();
        var last = amounts[0].Month;
        foreach (var (month, amount) in amounts)
        {
            byMonth[month] = amount;
            last = month.CompareTo(last) > 0 ? month : last;
        }

        var values = new double[grid.Months.Count];
        var extended = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var month = grid.Months[i].Month;
            if (byMonth.TryGetValue(month, out var amount))
            {
                values[i] = amount;
                continue;
            }

            if (month.CompareTo(last) <= 0 || beyond.Kind == BeyondKind.Refuse)
            {
                throw new ValuationRefusedException(
                    $"{what}: expected an amount of {Text(month)}, found months up to {Text(last)} without it; "
                    + "a view may extend a curve beyond its last month");
            }

            values[i] = Extended(byMonth, last, month, beyond);
            extended++;
        }

        if (extended > 0)
        {
            notes.Add(FormattableString.Invariant(
                $"{what}: {extended} months after {Text(last)} are not quoted: ")
                + FormattableString.Invariant($"taken as the last quoted same calendar month, {beyond.PercentPerYear} % a year on top"));
        }

        return values;
    }

    private static double Extended(Dictionary<YearMonth, double> byMonth, YearMonth last, YearMonth month, BeyondRule beyond)
    {
        var source = new YearMonth(last.Month >= month.Month ? last.Year : last.Year - 1, month.Month);
        if (!byMonth.TryGetValue(source, out var amount))
        {
            source = last;
            amount = byMonth[last];
        }

        var months = ((month.Year - source.Year) * MonthsOfYear) + month.Month - source.Month;
        return amount * Math.Pow(1 + (beyond.PercentPerYear / 100), months / MonthsOfYear);
    }

    private static string Text(YearMonth month) => YearMonthPattern.Iso.Format(month);
}

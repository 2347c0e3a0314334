using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>Fills blocks with prices: months from the curves' models, strips as means of their listed months, bids and asks by the width
/// that vendors give them.</summary>
/// <param name="prices">The world's.</param>
/// <param name="asOf">Day of the prices.</param>
/// <param name="halfSpread">Half of what lies between bid and ask of a curve's nearest month, by the price of that month.</param>
internal sealed class PriceRows(CurvePrices prices, LocalDate asOf, Func<double, double> halfSpread)
{
    private const int Digits = 3;

    private readonly Dictionary<PriceModel, double[]> _mids = [];

    /// <summary>Months from that of the day on, one row each.</summary>
    public void AddMonths(PriceBlock block, int count)
    {
        for (var m = 0; m < count; m++)
        {
            block.Rows.Add(new PriceRow(Tenor.OfMonth(asOf.ToYearMonth().PlusMonths(m))));
        }

        foreach (var column in block.Columns)
        {
            var mids = MidsOf(column.Price, count);
            var half = halfSpread(mids[0]);
            for (var m = 0; m < count; m++)
            {
                block.Rows[m].Cells.Add(Cell(mids[m], HalfAt(half, m)));
            }
        }
    }

    /// <summary>A row for each strip; null parts two kinds.</summary>
    public void AddStrips(PriceBlock block, IReadOnlyList<Tenor?> strips, int months)
    {
        foreach (var strip in strips)
        {
            var row = new PriceRow(strip);
            block.Rows.Add(row);
            foreach (var column in block.Columns)
            {
                row.Cells.Add(strip is null ? default : StripOf(column.Price, strip, months));
            }
        }
    }

    private PriceCell StripOf(PriceModel model, Tenor strip, int months)
    {
        var mids = MidsOf(model, months);
        var half = halfSpread(mids[0]);
        var (sum, count, width, widths) = (0.0, 0, 0.0, 0);
        for (var m = 0; m < months; m++)
        {
            var month = asOf.ToYearMonth().PlusMonths(m);
            if (strip.Contains(month))
            {
                (sum, count) = (sum + mids[m], count + 1);
            }

            if (month.Year == YearOf(strip))
            {
                (width, widths) = (width + HalfAt(half, m), widths + 1);
            }
        }

        return Cell(Math.Round(sum / count, Digits), width / widths);
    }

    /// <summary>Vendors take the width of the year in a strip's name, whatever its months.</summary>
    private static int YearOf(Tenor strip) =>
        int.Parse(strip.Label.AsSpan(strip.Label.LastIndexOfAny([' ', '-']) + 1), System.Globalization.CultureInfo.InvariantCulture);

    private double[] MidsOf(PriceModel model, int count)
    {
        if (!_mids.TryGetValue(model, out var mids))
        {
            _mids[model] = mids = [.. Enumerable.Range(0, count).Select(m => prices.MidOf(model, asOf, asOf.ToYearMonth().PlusMonths(m)))];
        }

        return mids;
    }

    private static double HalfAt(double half, int month) => half * (1 + Math.Log(month + 1));

    private static PriceCell Cell(double mid, double half) => new(mid, Math.Round(mid - half, Digits), Math.Round(mid + half, Digits));
}

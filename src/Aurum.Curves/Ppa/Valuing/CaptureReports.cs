using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Works out what a volume catches of the market price.</summary>
internal static class CaptureReports
{
    public static CaptureReport Of(CaseBook book, PpaContract contract, MarketView view, PpaCase now)
    {
        var years = YearsOf(now);
        var total = TotalOf(now);
        var without = view.Cannibalisation is null ? now : book.Of(contract, view with { Cannibalisation = null });
        return new CaptureReport(
            total.MeanPrice, total.CapturePrice, total.CaptureRate, TotalOf(without).CaptureRate, now.Value - without.Value, years);
    }

    private static List<CaptureYear> YearsOf(PpaCase now)
    {
        var years = new List<CaptureYear>(now.Plan.Years.Length);
        foreach (var year in now.Plan.Years)
        {
            years.Add(Over(now, year.Year, year.FirstMonth, year.MonthCount));
        }

        return years;
    }

    private static CaptureYear TotalOf(PpaCase now) => Over(now, 0, 0, now.Months.Length);

    private static CaptureYear Over(PpaCase now, int year, int firstMonth, int count)
    {
        var (volume, market) = (0.0, 0.0);
        for (var m = firstMonth; m < firstMonth + count; m++)
        {
            volume += now.Months[m].Expected;
            market += now.Months[m].Market;
        }

        var last = now.Plan.Months[firstMonth + count - 1];
        var first = now.Plan.Months[firstMonth].First;
        var prices = now.Plan.ForwardPrice.AsSpan(first, last.First + last.Count - first);
        var sum = 0.0;
        foreach (var price in prices)
        {
            sum += price;
        }

        var mean = sum / prices.Length;
        var capture = PpaCashflows.PerMwh(market, volume);
        return new CaptureYear(year, volume, mean, capture, mean > 0 ? capture / mean : null);
    }
}

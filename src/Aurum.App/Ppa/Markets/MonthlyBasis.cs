using System.Globalization;
using Aurum.App.Ppa.Orders;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.App.Ppa.Markets;

/// <summary>Mean price of a node less that of its hub, by calendar month, over the hours that both have.</summary>
internal sealed class MonthlyBasis
{
    private const int Months = 12;

    private readonly double[] _byMonth;
    private readonly int[] _hours;

    private MonthlyBasis(double[] byMonth, int[] hours)
    {
        _byMonth = byMonth;
        _hours = hours;
    }

    /// <summary>Calendar months without an hour have the mean of all hours. Null where no hour is in both histories.</summary>
    public static MonthlyBasis? Of(HourlyHistory hub, HourlyHistory node, PeakCalendar calendar)
    {
        var hubs = hub.Hours.ToDictionary(static h => h.StartUnixSeconds, static h => h.Price);
        var (sums, hours) = (new double[Months], new int[Months]);
        foreach (var hour in node.Hours)
        {
            if (hubs.TryGetValue(hour.StartUnixSeconds, out var price))
            {
                var month = Instant.FromUnixTimeSeconds(hour.StartUnixSeconds).InZone(calendar.Zone).Month - 1;
                sums[month] += hour.Price - price;
                hours[month]++;
            }
        }

        if (hours.Sum() == 0)
        {
            return null;
        }

        var mean = sums.Sum() / hours.Sum();
        return new MonthlyBasis([.. sums.Select((sum, month) => hours[month] == 0 ? mean : sum / hours[month])], hours);
    }

    /// <summary>The amount of each month from one day to another.</summary>
    public IReadOnlyList<MonthAmount> Over(LocalDate start, LocalDate end)
    {
        var amounts = new List<MonthAmount>();
        for (var month = start.ToYearMonth(); month <= end.ToYearMonth(); month = month.PlusMonths(1))
        {
            amounts.Add(new MonthAmount(month, _byMonth[month.Month - 1]));
        }

        return amounts;
    }

    /// <summary>For people.</summary>
    public string Explain(BasisHistory source)
    {
        var borrowed = _hours.Count(static h => h == 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"basis from {source.Feed}: {source.Node} less {source.Hub} by calendar month over {_hours.Sum():N0} hours"
            + $"{(borrowed > 0 ? $"; {borrowed} calendar months without hours have the mean of all" : "")}");
    }
}

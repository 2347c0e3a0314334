using Aurum.Market.Time;

namespace Aurum.Curves.Building.Shapes;

/// <summary>Prices of a past, one an hour.</summary>
/// <param name="Hours">In order of time, none twice.</param>
/// <param name="Incomplete">Hours of which some minutes have no price; they are left out.</param>
public sealed record HourlyHistory(IReadOnlyList<HourPrice> Hours, int Incomplete)
{
    private const int HourSeconds = 3_600;

    /// <summary>Makes hours of prices of hours, quarter hours or five minutes: the mean of an hour by minutes.</summary>
    /// <param name="prices">In any order; prices that are no numbers are left out, of two for one interval the last counts.</param>
    public static HourlyHistory Of(IEnumerable<(DeliveryInterval Delivery, double Price)> prices)
    {
        var byInterval = new Dictionary<DeliveryInterval, double>();
        foreach (var (delivery, price) in prices)
        {
            if (double.IsFinite(price) && delivery.LengthSeconds is > 0 and <= HourSeconds)
            {
                byInterval[delivery] = price;
            }
        }

        var hours = new List<HourPrice>(byInterval.Count);
        var incomplete = 0;
        foreach (var hour in byInterval.GroupBy(static p => Math.DivRem(p.Key.StartUnixSeconds, HourSeconds).Quotient))
        {
            var seconds = hour.Sum(static p => p.Key.LengthSeconds);
            if (seconds == HourSeconds)
            {
                var price = hour.Sum(static p => p.Value * p.Key.LengthSeconds) / HourSeconds;
                hours.Add(new HourPrice(hour.Key * HourSeconds, price));
            }
            else
            {
                incomplete++;
            }
        }

        hours.Sort(static (a, b) => a.StartUnixSeconds.CompareTo(b.StartUnixSeconds));
        return new HourlyHistory(hours, incomplete);
    }
}

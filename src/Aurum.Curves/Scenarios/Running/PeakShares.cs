using Aurum.Curves.Building.Calendars;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>Share of a month's hours of delivery that are the market's on-peak hours, counted once for all curves of a run.</summary>
internal sealed class PeakShares
{
    private readonly Dictionary<(string Calendar, Block Block, YearMonth Month), double> _known = [];

    public double Of(DeliveryCalendar delivery, YearMonth month)
    {
        if (delivery.Block is Block.OnPeak or Block.FiveBySixteen)
        {
            return 1;
        }

        if (delivery.Block is Block.OffPeak or Block.SevenByEight)
        {
            return 0;
        }

        var key = (delivery.Calendar.Name, delivery.Block, month);
        if (!_known.TryGetValue(key, out var share))
        {
            share = Count(delivery.Calendar, delivery.Block, month);
            _known.Add(key, share);
        }

        return share;
    }

    /// <summary>5x16 lies within the on-peak hours, and 2x16 has those of them that 5x16 has not.</summary>
    private static double Count(PeakCalendar calendar, Block block, YearMonth month)
    {
        var hours = calendar.CountHours(block, month);
        var onPeak = calendar.CountHours(Block.OnPeak, month);
        var inBlock = block == Block.TwoBySixteen ? onPeak - calendar.CountHours(Block.FiveBySixteen, month) : onPeak;
        return hours == 0 ? 0 : (double)inBlock / hours;
    }
}

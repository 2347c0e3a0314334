using Aurum.Market.Ticks;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Tests.Ticks.Aggregate;

/// <summary>Bars by their definition and nothing else: all ticks of a window, sorted, one by one, in decimals.</summary>
internal static class BruteForceBars
{
    public static Dictionary<(int, BarInterval, long), Bar> Of(IEnumerable<Tick> ticks, TickInstruments instruments)
    {
        var bars = new Dictionary<(int, BarInterval, long), Bar>();
        foreach (var interval in BarIntervals.All)
        {
            var windows = ticks.GroupBy(t => (t.Instrument, Window: WindowOf(t, interval, instruments.DialectOf(t.Instrument).Zone)));
            foreach (var window in windows)
            {
                var (start, end) = window.Key.Window;
                bars[(window.Key.Instrument, interval, start)] = BarOf(
                    [.. window.OrderBy(t => t.EventMicros).ThenBy(t => t.Sequence).ThenBy(t => t.Key)], interval, start, end);
            }
        }

        return bars;
    }

    private static (long Start, long End) WindowOf(Tick tick, BarInterval interval, DateTimeZone zone)
    {
        var instant = Instant.FromUnixTimeTicks(tick.EventMicros * 10);
        if (interval == BarInterval.OneDay)
        {
            var date = instant.InZone(zone).Date;
            return (Micros(zone.AtStartOfDay(date)), Micros(zone.AtStartOfDay(date.PlusDays(1))));
        }

        var minutes = interval switch
        {
            BarInterval.OneMinute => 1,
            BarInterval.FiveMinutes => 5,
            BarInterval.FifteenMinutes => 15,
            _ => 60,
        };
        var utc = instant.InUtc();
        var start = Instant.FromUtc(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute / minutes * minutes);
        return (start.ToUnixTimeTicks() / 10, (start + Duration.FromMinutes(minutes)).ToUnixTimeTicks() / 10);
    }

    private static long Micros(ZonedDateTime stamp) => stamp.ToInstant().ToUnixTimeTicks() / 10;

    private static Bar BarOf(Tick[] ticks, BarInterval interval, long start, long end)
    {
        var volume = ticks.Sum(t => double.IsNaN(t.Volume) ? 0 : (decimal)t.Volume);
        var paid = ticks.Sum(t => double.IsNaN(t.Volume) ? 0 : (decimal)t.Price * (decimal)t.Volume);
        return new Bar
        {
            Instrument = ticks[0].Instrument,
            Interval = interval,
            StartMicros = start,
            EndMicros = end,
            Open = ticks[0].Price,
            High = ticks.Max(t => t.Price),
            Low = ticks.Min(t => t.Price),
            Close = ticks[^1].Price,
            Volume = (double)volume,
            Vwap = volume == 0 ? double.NaN : (double)(paid / volume),
            Twap = Twap(ticks, end),
            Count = ticks.Length,
            Revision = 0,
            Marks = BarMarks.None,
        };
    }

    /// <summary>Second by second: the last price at each second's end.</summary>
    private static double Twap(Tick[] ticks, long end)
    {
        var first = ticks[0].EventMicros / BarIntervals.MicrosPerSecond;
        var seconds = (end / BarIntervals.MicrosPerSecond) - first;
        var sum = 0m;
        var at = 0;
        for (var second = first; second < first + seconds; second++)
        {
            while (at + 1 < ticks.Length && ticks[at + 1].EventMicros < (second + 1) * BarIntervals.MicrosPerSecond)
            {
                at++;
            }

            sum += (decimal)ticks[at].Price;
        }

        return (double)(sum / seconds);
    }
}

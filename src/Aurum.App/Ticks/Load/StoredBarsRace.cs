using System.Diagnostics;
using System.Text;
using Aurum.Ticks.Normalize;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Ticks.Load;

/// <summary>The bars of the tables beside those that the store's engine computes with SQL from the stored ticks: they have to be
/// equal.</summary>
internal static class StoredBarsRace
{
    private const string Computed = """
        with t as (
          select tenant_id, instrument_id, market, event_time, coalesce(sequence, -1) as seq, price, volume,
            cast(volume as decimal(18, 6)) as v
          from ticks),
        w as (
          select '1m' as interval, time_bucket(interval '1 minute', event_time) as start_utc, * from t union all
          select '5m', time_bucket(interval '5 minutes', event_time), * from t union all
          select '15m', time_bucket(interval '15 minutes', event_time), * from t union all
          select '1h', time_bucket(interval '1 hour', event_time), * from t union all
          select '1d', d.day_start, t.* from t join (values {days}) as d(market, day_start, day_end)
            on d.market = t.market and t.event_time >= d.day_start and t.event_time < d.day_end)
        select tenant_id, instrument_id, interval, start_utc, arg_min(price, (event_time, seq)) as open, max(price) as high,
          min(price) as low, arg_max(price, (event_time, seq)) as close, cast(sum(v) as double) as volume,
          sum(price * volume) / nullif(sum(volume), 0) as vwap, count(*) as count
        from w group by all
        """;

    /// <exception cref="InvalidOperationException">They are not equal.</exception>
    public static async Task<BarsResult> Run(LoadHome home)
    {
        await home.Service.CompleteAsync(CancellationToken.None);
        await home.Service.SettleAsync(CancellationToken.None);
        var ticks = Count(home, "select count(*) from ticks");
        if (ticks == 0)
        {
            return new BarsResult(0, 0, 0, 0);
        }

        var computed = Computed.Replace("{days}", DaysOf(home), StringComparison.Ordinal);
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        var bars = Count(home, $"select count(*) from ({computed})");
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        var stored = Count(home, "select count(*) from bars_current");
        var different = Count(
            home,
            $"""
            select count(*) from ({computed}) c join bars_current b using (tenant_id, instrument_id, interval, start_utc)
            where (c.open, c.high, c.low, c.close, c.volume, c.count) is distinct from (b.open, b.high, b.low, b.close, b.volume, b.count)
              or abs(coalesce(c.vwap, 0) - coalesce(b.vwap, 0)) > 1e-9 * greatest(1, abs(coalesce(b.vwap, 0)))
            """);
        return bars == stored && different == 0
            ? new BarsResult(ticks, bars, seconds, used)
            : throw new InvalidOperationException($"SQL finds {bars} bars, {stored} are stored, {different} of them differ");
    }

    /// <summary>The days of each market between its first tick and its last, on its own clock, which the engine does not know.</summary>
    private static string DaysOf(LoadHome home)
    {
        using var rows = home.Store.Read.Sql(
            "select market, epoch_us(min(event_time)), epoch_us(max(event_time)) from ticks group by market order by market");
        List<string> days = [];
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var market = Encoding.UTF8.GetString(rows.Text(0, i));
                var zone = MarketDialects.Of(market).Zone;
                var last = DayOf(rows.Whole(2, i), zone);
                for (var day = DayOf(rows.Whole(1, i), zone); day <= last; day = day.PlusDays(1))
                {
                    days.Add($"('{market.Replace("'", "''", StringComparison.Ordinal)}', {StartOf(day)}, {StartOf(day.PlusDays(1))})");

                    string StartOf(LocalDate date) =>
                        $"timestamptz '{InstantPattern.ExtendedIso.Format(zone.AtStartOfDay(date).ToInstant())}'";
                }
            }
        }

        return string.Join(", ", days);
    }

    private static LocalDate DayOf(long micros, DateTimeZone zone) => Instant.FromUnixTimeTicks(micros * 10).InZone(zone).Date;

    private static long Count(LoadHome home, string sql)
    {
        using var rows = home.Store.Read.Sql(sql);
        rows.NextChunk();
        return rows.Whole(0, 0);
    }
}

/// <summary>Bars that SQL computed, equal to those that are stored.</summary>
/// <param name="Ticks">Ticks that they are of.</param>
/// <param name="Bars">Bars.</param>
/// <param name="Seconds">Time of the query.</param>
/// <param name="CpuSeconds">CPU time of the query.</param>
internal sealed record BarsResult(long Ticks, long Bars, double Seconds, double CpuSeconds);

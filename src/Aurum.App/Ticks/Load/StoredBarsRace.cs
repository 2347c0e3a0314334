using System.Diagnostics;

namespace Aurum.App.Ticks.Load;

/// <summary>The bars of the tables beside those that the store's engine computes with SQL from the stored ticks: they have to be
/// equal.</summary>
internal static class StoredBarsRace
{
    private const string Computed = """
        with t as (
          select tenant_id, instrument_id, event_time, coalesce(sequence, -1) as seq, price, volume,
            cast(volume as decimal(18, 6)) as v
          from ticks),
        w as (
          select '1m' as interval, time_bucket(interval '1 minute', event_time) as start_utc, * from t union all
          select '5m', time_bucket(interval '5 minutes', event_time), * from t union all
          select '15m', time_bucket(interval '15 minutes', event_time), * from t union all
          select '1h', time_bucket(interval '1 hour', event_time), * from t)
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
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        var bars = Count(home, $"select count(*) from ({Computed})");
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        var stored = Count(home, "select count(*) from bars_current where interval <> '1d'");
        var different = Count(
            home,
            $"""
            select count(*) from ({Computed}) c join bars_current b using (tenant_id, instrument_id, interval, start_utc)
            where (c.open, c.high, c.low, c.close, c.volume, c.count) is distinct from (b.open, b.high, b.low, b.close, b.volume, b.count)
              or abs(coalesce(c.vwap, 0) - coalesce(b.vwap, 0)) > 1e-9 * greatest(1, abs(coalesce(b.vwap, 0)))
            """);
        return bars == stored && different == 0
            ? new BarsResult(ticks, bars, seconds, used)
            : throw new InvalidOperationException($"SQL finds {bars} bars, {stored} are stored, {different} of them differ");
    }

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

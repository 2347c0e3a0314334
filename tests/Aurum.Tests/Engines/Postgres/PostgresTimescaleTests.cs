using Aurum.Cluster.Postgres;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Noaa;
using Aurum.Store;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>What TimescaleDB is made of and filled with, on plain PostgreSQL: the extension itself is not to be had here. Functions of its
/// names stand in for it, which note how they were called.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresTimescaleTests(PostgresServer server) : StoreConformance
{
    private const string Compress = " SET (timescaledb.compress, timescaledb.compress_segmentby = '";

    /// <summary>Buckets of the extension begin on Mondays and first days of months; <c>last</c> is the value of the latest time.</summary>
    private static readonly string[] StandIns =
    [
        "CREATE TABLE timescale_calls (name text, relation text, days integer)",
        """
        CREATE FUNCTION create_hypertable(relation text, time_column text, chunk_time_interval interval, if_not_exists boolean,
          migrate_data boolean) RETURNS void LANGUAGE sql AS $$
        INSERT INTO timescale_calls SELECT 'create_hypertable', CAST(CAST(relation AS regclass) AS text),
          CAST(extract(epoch FROM chunk_time_interval) / 86400 AS integer)
        $$
        """,
        """
        CREATE FUNCTION add_compression_policy(relation text, compress_after interval, if_not_exists boolean) RETURNS void
        LANGUAGE sql AS $$
        INSERT INTO timescale_calls SELECT 'compress', CAST(CAST(relation AS regclass) AS text),
          CAST(extract(epoch FROM compress_after) / 86400 AS integer)
        $$
        """,
        """
        CREATE FUNCTION add_retention_policy(relation text, drop_after interval, if_not_exists boolean) RETURNS void LANGUAGE sql AS $$
        INSERT INTO timescale_calls SELECT 'retain', CAST(CAST(relation AS regclass) AS text),
          CAST(extract(epoch FROM drop_after) / 86400 AS integer)
        $$
        """,
        """
        CREATE FUNCTION add_continuous_aggregate_policy(relation text, start_offset interval, end_offset interval,
          schedule_interval interval, if_not_exists boolean) RETURNS void LANGUAGE sql AS $$
        INSERT INTO timescale_calls SELECT 'aggregate', CAST(CAST(relation AS regclass) AS text),
          CAST(extract(epoch FROM start_offset) / 86400 AS integer)
        $$
        """,
        """
        CREATE FUNCTION time_bucket(bucket interval, at timestamptz) RETURNS timestamptz LANGUAGE sql AS $$
        SELECT CASE WHEN extract(month FROM bucket) > 0 THEN date_trunc('month', at) ELSE date_bin(bucket, at, '2000-01-03 00:00:00+00') END
        $$
        """,
        """
        CREATE FUNCTION time_bucket(bucket interval, at date) RETURNS date LANGUAGE sql AS $$
        SELECT CAST(date_bin(bucket, CAST(at AS timestamp), timestamp '2000-01-03 00:00:00') AS date)
        $$
        """,
        """
        CREATE FUNCTION last_step(s double precision[], v double precision, t timestamptz) RETURNS double precision[] LANGUAGE sql AS $$
        SELECT CASE WHEN s IS NULL OR s[2] <= extract(epoch FROM t) THEN ARRAY[v, extract(epoch FROM t)] ELSE s END
        $$
        """,
        "CREATE FUNCTION last_end(s double precision[]) RETURNS double precision LANGUAGE sql AS $$ SELECT s[1] $$",
        """
        CREATE AGGREGATE last(double precision, timestamptz) (SFUNC = last_step, STYPE = double precision[], FINALFUNC = last_end)
        """,
    ];

    private readonly PostgresStores _stores = new(server);

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public void Current_rows_are_taken_and_taken_again_as_they_change()
    {
        using var database = new PostgresDatabase(_stores.Options, asOwner: true, TimeProvider.System);
        using var owner = database.Connect();
        foreach (var statement in PostgresTimescale.Tables)
        {
            owner.Execute(statement);
        }

        Deliver(PricesOf(24, h => h), At(0));
        Take();
        Deliver([Price(3, 99), Price(25, 1)], At(5));
        Take();
        Take();
        Assert.Equal("25|99|2025-03-04", Ask("SELECT count(*), max(price_total), min(delivery_date) FROM iso_lmp_timeseries"));
        Assert.Equal("12|26", Ask("SELECT count(*), sum(value) FILTER (WHERE metric IN ('delivery.rows_new', 'delivery.rows_changed')) "
            + "FROM ops_metrics"));

        void Take() => owner.Execute("CALL timescale_take('2025-01-01')");
    }

    [Fact]
    public void Series_are_taken_with_the_vintage_that_was_put_out_last_whatever_comes_first()
    {
        using var database = new PostgresDatabase(_stores.Options, asOwner: true, TimeProvider.System);
        using var owner = database.Connect();
        foreach (var statement in PostgresTimescale.Tables)
        {
            owner.Execute(statement);
        }

        var month = DeliveryInterval.FromUnixSeconds(Instant.FromUtc(2025, 1, 1, 0, 0).ToUnixTimeSeconds(), 31 * 86_400);
        var series = new SeriesKey("series/CPIAUCSL", "Index 1982-1984=100");
        Deliver(StoreFeeds.Fred, [new SeriesPoint(series, month, 319.086, Issued(3, 1))], At(0), day: Day);
        owner.Execute($"CALL timescale_take('{At(0)}')");
        Deliver(StoreFeeds.Fred, [new SeriesPoint(series, month, 318.9, Issued(2, 12))], At(5), day: Day.PlusDays(1));
        owner.Execute($"CALL timescale_take('{At(5)}')");
        var day = DeliveryInterval.FromUnixSeconds(Instant.FromUtc(2025, 3, 4, 0, 0).ToUnixTimeSeconds(), 86_400);
        Deliver(
            GhcnDaily.Feed, [new SeriesPoint(new SeriesKey("ghcnd/USW00094728/TMAX", "degC"), day, 15.6, Flags: new Symbol(",,W"))],
            At(6), day: Day);
        owner.Execute($"CALL timescale_take('{At(6)}')");

        Assert.Equal(
            "CPIAUCSL|2025-01-01|MONTHLY|319.086", Ask("SELECT series_id, obs_date, frequency, value FROM fred_series_timeseries"));
        Assert.Equal("CPIAUCSL|2025-01|US|319.086", Ask("SELECT series_id, period, area, value FROM cpi_series_timeseries"));
        Assert.Equal("USW00094728|2025-03-04|TMAX|GHCND|15.6|degC|W", Ask(
            "SELECT station_id, observation_date, element, dataset, value, unit, source_flag FROM noaa_weather_timeseries"));

        static long Issued(int month, int day) => Instant.FromUtc(2025, month, day, 0, 0).ToUnixTimeSeconds();
    }

    [Fact]
    public void All_statements_run_against_functions_that_stand_in_for_the_extension_and_aggregates_count_what_is_there()
    {
        Deliver(PricesOf(24, h => h), At(0));
        using var database = new PostgresDatabase(_stores.Options, asOwner: true, TimeProvider.System);
        using var owner = database.Connect();
        foreach (var statement in StandIns.Concat(PostgresTimescale.Statements))
        {
            owner.Execute(Plain(statement));
        }

        owner.Execute("CALL timescale_take('2025-01-01')");
        foreach (var view in Ask("SELECT relation FROM timescale_calls WHERE name = 'aggregate' ORDER BY relation").Split('\n'))
        {
            owner.Execute($"REFRESH MATERIALIZED VIEW {view}");
        }

        Assert.Equal("24|11.5", Ask("SELECT sum(sample_count), avg(price_avg) FROM iso_lmp_agg_1h"));
        Assert.Equal("6", Ask("SELECT count(*) FROM ops_metrics_agg_1d"));
        Assert.Equal("24", Ask("SELECT value_max FROM ops_metrics_agg_1d WHERE metric = 'delivery.rows_new'"));
        Assert.Equal(
            "8|8|10|19", Ask("SELECT count(*) FILTER (WHERE name = 'create_hypertable'), count(*) FILTER (WHERE name = 'compress'), "
                + "count(*) FILTER (WHERE name = 'retain'), count(*) FILTER (WHERE name = 'aggregate') FROM timescale_calls"));
        Assert.Equal("1|7|365", Ask(
            "SELECT string_agg(CAST(days AS text), '|' ORDER BY days) FROM timescale_calls WHERE relation = 'ops_metrics'"));
    }

    [Fact]
    public void Without_the_extension_there_is_no_step_for_it() =>
        Assert.DoesNotContain(PostgresStore.Status(_stores.Options, TimeProvider.System), s => s.Id == PostgresTimescale.Step);

    protected override AurumStore Open() => _stores.Open(feeds: [.. StoreFeeds.All, GhcnDaily.Feed]);

    /// <summary>A statement as plain PostgreSQL takes it: of a table's compression its columns are looked at.</summary>
    private static string Plain(string statement)
    {
        if (statement.Split(Compress) is [var table, var rest])
        {
            return $"SELECT {rest[..rest.IndexOf('\'', StringComparison.Ordinal)]} FROM {table["ALTER TABLE ".Length..]} LIMIT 0";
        }

        return statement.Replace(" WITH (timescaledb.continuous)", "", StringComparison.Ordinal);
    }

    private string Ask(string sql) => _stores.Psql(sql, "aurum_owner");
}

using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>Row queries, cursors, latest prices and SQL.</summary>
public abstract class ReadingConformance : StoreConformance
{
    [Fact]
    public void Pages_follow_each_other_without_gap_or_overlap_in_both_directions()
    {
        Deliver([.. PricesOf(24, hour => hour, "A"), .. PricesOf(24, hour => hour, "B"), .. PricesOf(24, hour => hour, "C")], At(0));
        Deliver([Price(3, 99, "B")], At(1));

        foreach (var descending in new[] { false, true })
        {
            var whole = Lines(Prices with { Descending = descending });
            Assert.Equal(72, whole.Count);
            Assert.Equal(whole, Pages(Prices with { Descending = descending, Limit = 7 }));
            Assert.Equal(whole, Pages(Prices with { Descending = descending, Limit = 72 }));
        }
    }

    [Fact]
    public void All_revisions_are_listed_on_demand()
    {
        Deliver([Price(0, 1), Price(1, 5)], At(0));
        Deliver([Price(0, 2)], At(1));
        Deliver([Price(0, 3)], At(2));

        var all = Prices with { AllRevisions = true };
        Assert.Equal(["0 HUB_A 1 1", "0 HUB_A 2 2", "0 HUB_A 3 3", "1 HUB_A 5 1"], Lines(all));
        Assert.Equal(Lines(all), Pages(all with { Limit = 1 }));
        Assert.Equal(["0 HUB_A 1 1", "0 HUB_A 2 2", "1 HUB_A 5 1"], Lines(all with { AsOf = At(1) }));
    }

    [Fact]
    public void A_row_with_an_unknown_key_instant_has_a_cursor_too()
    {
        var area = new Location("CA ISO-TAC", LocationType.Zone);
        var hour = DeliveryInterval.StartingAt(At(0), 60);
        LoadRow[] rows = [new(area, hour, 1), new(area, hour, 2, 1_700_000_000), new(area, hour, 3, 1_700_003_600)];
        Deliver<LoadRow>(StoreFeeds.Forecast, rows, At(0));

        List<double> loads = [];
        var query = new RowQuery("iso_load") { Limit = 1 };
        for (string? cursor = null; loads.Count < 4;)
        {
            using var reader = Store.Read.Rows(query with { After = cursor });
            while (reader.NextChunk())
            {
                loads.Add(reader.Number(reader.Columns.ToList().FindIndex(c => c.Name == "mw"), 0));
            }

            if ((cursor = reader.NextCursor) is null)
            {
                break;
            }
        }

        Assert.Equal([1, 2, 3], loads);
    }

    [Fact]
    public void Filters_and_times_narrow_a_query_down()
    {
        Deliver([.. PricesOf(24, hour => hour - 2, "A"), .. PricesOf(24, hour => hour, "B")], At(0));
        var start = StoreFeeds.Prices.Day(Day).Start;

        Assert.Equal(["5 B 5 1"], Lines(Prices with
        {
            Filters = [new("location_id", ["B", "Z"]), new("iso_code", "CAISO")],
            Start = start + Duration.FromHours(5),
            End = start + Duration.FromHours(6),
        }));
        Assert.Empty(Lines(Prices with { Filters = [new("location_id", [])] }));
        Assert.Equal(["0 A -2 1", "1 A -1 1"], Lines(Prices with { Below = [new("lmp", 0)], OrderBy = "lmp" }));
    }

    [Fact]
    public void Mistakes_in_a_query_are_named()
    {
        Assert.Contains("iso_lmp", Refused(new RowQuery("nothing")), StringComparison.Ordinal);
        Assert.Contains("location_id", Refused(Prices with { Filters = [new("lmp; DROP TABLE x", "1")] }), StringComparison.Ordinal);
        Assert.Contains("cursor", Refused(Prices with { After = "no" }), StringComparison.Ordinal);
        Assert.Contains("number", Refused(Prices with { OrderBy = "location_id" }), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Store.Read.Rows(Prices with { Limit = 0 }));
    }

    [Fact]
    public void The_latest_price_is_the_one_of_the_hour_that_runs()
    {
        Deliver([.. PricesOf(24, hour => hour, "A"), Price(2, 7, "OLD")], At(0));
        Deliver([Price(10, 55, "A")], At(1));
        var at = StoreFeeds.Prices.Day(Day).Start + Duration.FromMinutes(630);

        var prices = Store.Read.LatestPrices(new LatestPriceQuery(at));
        Assert.Equal([("A", 55d, 2), ("OLD", 7d, 1)], prices.Select(p => (p.LocationId, p.LmpUsdPerMwh, p.Revision)));
        Assert.Equal(9, prices[0].PreviousLmpUsdPerMwh);
        Assert.True(double.IsNaN(prices[1].PreviousLmpUsdPerMwh));
        var before = Store.Read.LatestPrices(new LatestPriceQuery(at) { AsOf = At(0), LocationIds = ["A"] });
        Assert.Equal(10, Assert.Single(before).LmpUsdPerMwh);
        Assert.Empty(Store.Read.LatestPrices(new LatestPriceQuery(at) { IsoCode = "NYISO" }));
        Assert.Empty(Store.Read.LatestPrices(new LatestPriceQuery(at) { LocationTypes = ["ZONE"] }));
    }

    /// <summary>Columns named list and huge as the engine writes them, what a reader gets for the list, and for the number: null where it
    /// has no place in a reader.</summary>
    protected virtual (string Sql, string List, object? Huge) OwnTypes =>
        ("[1, 2] AS list, 170141183460469231731687303715884105727 AS huge", "[1, 2]", null);

    [Fact]
    public void Sql_gives_every_type_as_one_that_readers_know()
    {
        using var reader = Store.Read.Sql(
            $"""
            SELECT 1 AS i, 2.5 AS d, 'x' AS t, TIMESTAMPTZ '2025-01-01 00:00:00+00' AS ts, DATE '2025-01-02' AS day, true AS b, NULL AS n,
              {OwnTypes.Sql}, sum(3) AS total, 1e0 AS t -- the end
            """);

        Assert.True(reader.NextChunk());
        object?[] expected =
        [
            1L, 2.5, "x", Instant.FromUtc(2025, 1, 1, 0, 0), new LocalDate(2025, 1, 2), true, null, OwnTypes.List, OwnTypes.Huge, 3L, 1d,
        ];
        for (var i = 0; i < expected.Length; i++)
        {
            if (reader.Columns[i].Name == "huge" && expected[i] is null)
            {
                Assert.Throws<OverflowException>(() => reader.Whole(i, 0));
            }
            else
            {
                Assert.Equal(expected[i], reader.Value(i, 0));
            }
        }
    }

    [Theory]
    [InlineData("DELETE FROM iso_lmp")]
    [InlineData("SELECT 1; DROP TABLE iso_lmp")]
    [InlineData("CREATE TABLE x (a INTEGER)")]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("COPY iso_lmp TO '/tmp/x.csv'")]
    [InlineData("SET memory_limit = '1GB'")]
    [InlineData("ATTACH '/tmp/other.duckdb'")]
    [InlineData("SELEC 1")]
    public void Sql_that_writes_or_looks_elsewhere_is_refused(string sql)
    {
        Deliver([Price(0, 1)], At(0));
        Assert.Throws<ArgumentException>(() => Run(sql));
        Assert.Equal(1, Scalar("SELECT count(*) FROM iso_lmp"));
    }

    [Fact]
    public void Sql_is_cut_off_after_the_limit_and_says_so()
    {
        using var reader = Store.Read.Sql("SELECT * FROM generate_series(1, 10000)", maxRows: 2500);
        var rows = 0;
        while (reader.NextChunk())
        {
            rows += reader.Count;
        }

        Assert.Equal((2500, true), (rows, reader.IsTruncated));
        using var whole = Store.Read.Sql("SELECT * FROM generate_series(1, 2048)", maxRows: 2048);
        for (rows = 0; whole.NextChunk(); rows += whole.Count)
        {
        }

        Assert.Equal((2048, false), (rows, whole.IsTruncated));
    }

    [Fact]
    public void A_canceled_query_stops()
    {
        using var stop = new CancellationTokenSource();
        using var reader = Store.Read.Sql(
            "SELECT a.x FROM generate_series(1, 10000) a(x), generate_series(1, 10000) b(y)", cancel: stop.Token);
        Assert.True(reader.NextChunk());
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (reader.NextChunk())
            {
            }
        });
        Assert.Equal(1, Scalar("SELECT 1"));
    }

    [Fact]
    public void A_reader_sees_the_state_at_which_it_began()
    {
        Deliver(PricesOf(24, hour => hour), At(0));
        using var reader = Store.Read.Sql("SELECT count(*) FROM iso_lmp");
        Deliver([Price(0, 99)], At(1));

        Assert.True(reader.NextChunk());
        Assert.Equal(24, reader.Whole(0, 0));
    }

    private string Refused(RowQuery query) => Assert.Throws<ArgumentException>(() => Store.Read.Rows(query)).Message;

    private void Run(string sql)
    {
        using var reader = Store.Read.Sql(sql);
        while (reader.NextChunk())
        {
        }
    }

    private List<string> Pages(RowQuery query)
    {
        List<string> lines = [];
        for (string? cursor = null; ;)
        {
            using var reader = Store.Read.Rows(query with { After = cursor });
            while (reader.NextChunk())
            {
            }

            lines.AddRange(Lines(query with { After = cursor }));
            if (reader.NextCursor is null)
            {
                return lines;
            }

            cursor = reader.NextCursor;
        }
    }
}

using System.Globalization;
using Aurum.App.Series;
using Aurum.Market.Series;
using Aurum.Store;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Series;

public sealed class FilledSeriesTests : StoreConformance
{
    private static readonly SeriesName Wti = new("fred", "series/DCOILWTICO");

    private readonly DuckDbStores _stores = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();

    [Fact]
    public void A_hole_is_filled_and_the_row_says_from_where_and_for_what()
    {
        Deliver(StoreFeeds.Fred, [Oil("series/DCOILWTICO", 3, 70.5), Oil("series/DCOILWTICO", 5, 71.5)], At(0));
        Deliver(StoreFeeds.Petroleum, [Oil("petroleum/RWTC", 3, 99), Oil("petroleum/RWTC", 4, 71, "$/BBL")], At(1));

        var rows = Read(Wti);

        Assert.Equal(
            ["2025-03-03 70.5 fred/series/DCOILWTICO", "2025-03-04 71 eia/petroleum/RWTC", "2025-03-05 71.5 fred/series/DCOILWTICO"],
            rows.Select(Line));
        Assert.Equal(
            ("fred/series/DCOILWTICO", 1.0, "Dollars per Barrel"), (rows[1].SubstitutedFor, rows[1].SubstituteFactor, rows[1].Unit));
        Assert.Contains("the same EIA spot price", rows[1].SubstituteNote, StringComparison.Ordinal);
        Assert.All([rows[0], rows[2]], r => Assert.Equal((null, null, null), (r.SubstitutedFor, r.SubstituteFactor, r.SubstituteNote)));
    }

    [Fact]
    public void A_day_for_which_the_publisher_says_that_it_has_nothing_is_a_hole()
    {
        Deliver(StoreFeeds.Fred, [Oil("series/DCOILWTICO", 3, double.NaN), Oil("series/DCOILWTICO", 4, double.NaN)], At(0));
        Deliver(StoreFeeds.Petroleum, [Oil("petroleum/RWTC", 3, 71, "$/BBL")], At(1));

        Assert.Equal(["2025-03-03 71 eia/petroleum/RWTC", "2025-03-04  fred/series/DCOILWTICO"], Read(Wti).Select(Line));
    }

    [Fact]
    public void A_substitute_in_a_multiple_of_the_unit_is_converted()
    {
        // Both are in dollars by the list of units; the substitute counts in millions.
        Deliver(StoreFeeds.Fred, [Oil("series/DCOILWTICO", 3, 1, "Dollars")], At(0));
        Deliver(StoreFeeds.Petroleum, [Oil("petroleum/RWTC", 4, 2.5, "million dollars")], At(1));

        var filled = Read(Wti)[1];

        Assert.Equal((2_500_000.0, "Dollars", 1_000_000.0), (filled.Value, filled.Unit, filled.SubstituteFactor));
    }

    [Theory]
    [InlineData("$/GAL", SeriesFrequency.Daily)]
    [InlineData("words that nobody knows", SeriesFrequency.Daily)]
    [InlineData("$/BBL", SeriesFrequency.Weekly)]
    public void A_row_in_another_unit_or_of_another_length_stands_in_for_nothing(string unit, SeriesFrequency frequency)
    {
        Deliver(StoreFeeds.Fred, [Oil("series/DCOILWTICO", 3, 70.5)], At(0));
        Deliver(StoreFeeds.Petroleum, [Oil("petroleum/RWTC", 24, 2, unit, frequency)], At(1));

        Assert.Equal(["2025-03-03 70.5 fred/series/DCOILWTICO"], Read(Wti).Select(Line));
    }

    [Fact]
    public void A_series_without_a_declared_substitute_stays_as_it_is()
    {
        Deliver(StoreFeeds.Fred, [Oil("series/DGS10", 3, 4.5, "Percent")], At(0));
        Deliver(StoreFeeds.Petroleum, [Oil("petroleum/RWTC", 4, 71, "$/BBL")], At(1));

        Assert.Equal(["2025-03-03 4.5 fred/series/DGS10"], Read(new SeriesName("fred", "series/DGS10")).Select(Line));
    }

    [Fact]
    public void As_of_an_earlier_instant_the_substitute_was_not_known_yet()
    {
        Deliver(StoreFeeds.Fred, [Oil("series/DCOILWTICO", 3, 70.5)], At(0));
        Deliver(StoreFeeds.Petroleum, [Oil("petroleum/RWTC", 4, 71, "$/BBL")], At(60));

        Assert.Single(Read(Wti, At(30)));
        Assert.Equal(2, Read(Wti, At(60)).Count);
    }

    [Fact]
    public void All_vintages_of_a_series_are_kept_and_the_latest_of_a_substitute_is_taken()
    {
        var rwtc = new SeriesName("eia", "petroleum/RWTC");
        Deliver(StoreFeeds.Petroleum, [Oil("petroleum/RWTC", 3, 70, "$/BBL")], At(0));
        Deliver(
            StoreFeeds.Fred,
            [
                Oil("series/DCOILWTICO", 4, 71) with { IssuedUnixSeconds = 1_741_100_000 },
                Oil("series/DCOILWTICO", 4, 72) with { IssuedUnixSeconds = 1_741_200_000 },
            ],
            At(1));

        Assert.Equal(["2025-03-03 70 eia/petroleum/RWTC", "2025-03-04 72 fred/series/DCOILWTICO"], Read(rwtc).Select(Line));
        Assert.Equal(3, Read(Wti).Count);
    }

    private static SeriesPoint Oil(
        string id, int day, double value, string unit = "Dollars per Barrel", SeriesFrequency frequency = SeriesFrequency.Daily) =>
        new(new SeriesKey(id, unit), CalendarPeriods.Of(new LocalDate(2025, 3, day), frequency), value);

    private static string Line(FilledPoint point) => string.Create(
        CultureInfo.InvariantCulture, $"{point.IntervalStartUtc.InUtc().Date:uuuu-MM-dd} {point.Value} {point.Provider}/{point.SeriesId}");

    private IReadOnlyList<FilledPoint> Read(SeriesName series, Instant? asOf = null) =>
        new FilledSeries(Store.Read).Read(series, new FilledWindow(null, null, asOf ?? At(1_000)), 100, CancellationToken.None);
}

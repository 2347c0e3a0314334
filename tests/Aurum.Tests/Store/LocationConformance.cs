using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store.Locations;
using Aurum.Store.Reading;
using Aurum.Store.Sinks;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>The effective-dated registry of places.</summary>
public abstract class LocationConformance : StoreConformance
{
    [Fact]
    public void A_place_that_the_reference_data_does_not_know_is_registered_as_unmapped()
    {
        var receipt = Deliver([Price(0, 1, "SOME_NODE"), Price(1, 1, "SOME_NODE")], At(0));

        Assert.Equal(1, receipt.NewLocations);
        var place = Assert.Single(Store.Locations.List(new LocationQuery()));
        Assert.Equal(("CAISO", "SOME_NODE", "HUB", false), (place.Iso, place.LocationId, place.LocationType, place.IsMapped));
        Assert.Equal((Day, null, Day, Day), (place.EffectiveFrom, place.EffectiveTo, place.FirstSeen, place.LastSeen));
        Assert.Equal("America/Los_Angeles", place.Timezone);
        Assert.Equal(0, Deliver([Price(2, 1, "SOME_NODE")], At(1)).NewLocations);
    }

    [Fact]
    public void A_known_hub_is_mapped_with_its_name()
    {
        Deliver([Price(0, 1, "TH_SP15_GEN-APND")], At(0));

        var place = Assert.Single(Store.Locations.List(new LocationQuery { IsMapped = true, Iso = "CAISO" }));
        Assert.Equal(("SP15 trading hub", "SP15"), (place.Name, place.Hub));
        Assert.Single(Store.Locations.List(new LocationQuery { Text = "sp15 TRADING" }));
        Assert.Empty(Store.Locations.List(new LocationQuery { LocationType = "ZONE" }));
    }

    [Fact]
    public void A_place_whose_first_day_is_known_is_there_from_that_day_on_whenever_it_is_first_seen()
    {
        var day = new LocalDate(2026, 6, 10);
        LoadRow row = new(
            new Location("SWPW", LocationType.System), DeliveryInterval.StartingAt(StoreFeeds.Plains.Day(day).Start, 60), 1);
        Deliver(StoreFeeds.Plains, [row], At(0), day: day);
        Reopen();

        var place = Assert.Single(Store.Locations.List(new LocationQuery { Iso = "SPP", On = new LocalDate(2026, 4, 1) }));
        Assert.Equal((new LocalDate(2026, 4, 1), day, "America/Denver"), (place.EffectiveFrom, place.FirstSeen, place.Timezone));
        Assert.Empty(Store.Locations.List(new LocationQuery { Iso = "SPP", On = new LocalDate(2026, 3, 31) }));
    }

    [Fact]
    public void A_backfilled_day_moves_the_beginning_back()
    {
        Deliver([Price(0, 1)], At(0));
        Reopen();
        Deliver([Price(0, 1, day: Day.PlusDays(-5))], At(1), day: Day.PlusDays(-5));

        var place = Assert.Single(Store.Locations.List(new LocationQuery()));
        Assert.Equal((Day.PlusDays(-5), Day.PlusDays(-5), Day), (place.EffectiveFrom, place.FirstSeen, place.LastSeen));
    }

    [Fact]
    public void A_new_id_of_the_publisher_is_a_new_version_from_that_day_on()
    {
        DeliverZone("N.Y.C.", null, Day);
        DeliverZone("N.Y.C.", "61761", Day.PlusDays(1));
        DeliverZone("N.Y.C.", "99999", Day.PlusDays(2));
        Reopen();
        DeliverZone("N.Y.C.", "99999", Day.PlusDays(3));

        Assert.Equal("61761", Assert.Single(Store.Locations.List(new LocationQuery { On = Day.PlusDays(1) })).PublisherId);
        var now = Assert.Single(Store.Locations.List(new LocationQuery()));
        Assert.Equal(("99999", Day.PlusDays(2), "New York City (J)"), (now.PublisherId, now.EffectiveFrom, now.Name));
        Assert.Equal(2, Scalar("SELECT count(*) FROM locations"));
    }

    [Fact]
    public void A_place_that_is_no_longer_delivered_is_reported()
    {
        Deliver([Price(0, 1, "OLD"), Price(0, 1, "NEW")], At(0));
        Deliver([Price(0, 1, "NEW", Day.PlusDays(1))], At(1), day: Day.PlusDays(1));

        var retired = Assert.Single(Store.Locations.Retired(StoreFeeds.Prices.Id));
        Assert.Equal(("OLD", Day, Day.PlusDays(1)), (retired.LocationId, retired.LastSeen, retired.FeedThrough));
    }

    [Fact]
    public void Followers_are_told_of_each_version_of_a_place_with_the_delivery_that_made_it()
    {
        Deliver([Price(0, 1, "SOME_NODE")], At(0));
        Deliver([Price(1, 1, "SOME_NODE")], At(1));
        DeliverZone("N.Y.C.", "61761", Day);
        DeliverZone("N.Y.C.", "99999", Day.PlusDays(1));
        Deliver([Price(0, 1, "SOME_NODE", Day.PlusDays(-5))], At(2), day: Day.PlusDays(-5));

        Assert.Equal(
        [
            $"SOME_NODE  {Day:uuuu-MM-dd}-",
            "",
            $"N.Y.C. 61761 {Day:uuuu-MM-dd}-",
            $"N.Y.C. 61761 {Day:uuuu-MM-dd}-{Day:uuuu-MM-dd}, N.Y.C. 99999 {Day.PlusDays(1):uuuu-MM-dd}-",
            $"SOME_NODE  {Day.PlusDays(-5):uuuu-MM-dd}-",
        ], Told());
    }

    [Fact]
    public void A_place_that_no_feed_has_had_for_a_week_retires_once_and_may_come_back()
    {
        Deliver([Price(0, 1, "OLD"), Price(0, 1, "NEW")], At(0));
        DeliverOn(6, "NEW");
        DeliverOn(7, "NEW");
        Reopen();
        DeliverOn(8, "NEW");
        DeliverOn(9, "NEW", "OLD");
        DeliverOn(10, "NEW", "OLD");
        DeliverOn(17, "NEW");
        DeliverOn(18, "NEW");

        Assert.Equal(
        [
            $"NEW  {Day:uuuu-MM-dd}-, OLD  {Day:uuuu-MM-dd}-", "", $"OLD  {Day:uuuu-MM-dd}-{Day:uuuu-MM-dd}", "",
            $"OLD  {Day:uuuu-MM-dd}-", "", $"OLD  {Day:uuuu-MM-dd}-{Day.PlusDays(10):uuuu-MM-dd}", "",
        ], Told());
    }

    [Fact]
    public void Prices_are_shown_with_the_names_of_the_facts_view()
    {
        Deliver([Price(0, 42, "TH_NP15_GEN-APND")], At(0));

        Assert.Equal(1, Scalar(
            """
            SELECT count(*) FROM external_iso_lmp
            WHERE price_total = 42 AND location_name = 'NP15 trading hub' AND delivery_date = DATE '2025-03-04' AND interval_minutes = 60
              AND dataset = 'day-ahead-lmp' AND hub = 'NP15' AND market = 'DAY_AHEAD' AND iso = 'caiso'
            """));
    }

    private void DeliverOn(int days, params string[] places)
    {
        var day = Day.PlusDays(days);
        Deliver([.. places.Select(p => Price(0, 1, p, day))], At(days), day: day);
    }

    /// <summary>The places of each delivery, as followers get them.</summary>
    private IEnumerable<string> Told() => Store.Read.Outbox(new RecordQuery())
        .Select(e => string.Join(", ", new SinkDelivery(e, Store.Read).Places().Select(
            p => $"{p.LocationId} {p.PublisherId} {p.EffectiveFrom:uuuu-MM-dd}-{p.EffectiveTo:uuuu-MM-dd}")));

    private void DeliverZone(string id, string? publisherId, LocalDate day)
    {
        var delivery = DeliveryInterval.StartingAt(StoreFeeds.NewYork.Day(day).Start, 60);
        LmpRow row = new(new Location(id, LocationType.Zone, publisherId: publisherId), delivery, 1, 1, 0, 0, double.NaN);
        Deliver(StoreFeeds.NewYork, [row], At(Period.DaysBetween(Day, day)), day: day);
    }
}

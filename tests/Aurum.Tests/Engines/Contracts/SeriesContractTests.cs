using Aurum.Cluster.Contracts;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>Series as their publishers send them, read by their feeds, stored, sent, and read by our codec and avsc.</summary>
public sealed class SeriesContractTests : IDisposable
{
    private static readonly LocalDate Day = new(2025, 11, 2);

    private readonly EventWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_station_s_weather_is_sent_with_its_place_unit_and_flags()
    {
        _world.Bring<SeriesListing>(
            "noaa/reference-catalog", "noaa_station_USW00094728.json",
            """
            {"elevation":42.7,"mindate":"1869-01-01","maxdate":"2025-11-01","latitude":40.77898,"name":"NY CITY CENTRAL PARK, NY US",
            "datacoverage":1,"id":"GHCND:USW00094728","elevationUnit":"METERS","longitude":-73.96925}
            """,
            Day);
        _world.Bring<SeriesPoint>(
            "noaa/ghcn-daily", "noaa_ghcnd_2025-11-02_1.json",
            """
            {"metadata":{"resultset":{"offset":1,"count":3,"limit":1000}},"results":[
            {"date":"2025-11-02T00:00:00","datatype":"TMAX","station":"GHCND:USW00094728","attributes":",,W,2400","value":156},
            {"date":"2025-11-02T00:00:00","datatype":"PRCP","station":"GHCND:USW00094728","attributes":"T,I,W,2400","value":0},
            {"date":"2025-11-02T00:00:00","datatype":"PGTM","station":"GHCND:USW00014739","attributes":",,W,","value":1234}]}
            """,
            Day);

        var sent = await _world.EventsReadByBoth(EventTopics.WeatherTopic);

        Assert.Equal(["USW00014739|PGTM", "USW00094728|PRCP", "USW00094728|TMAX"], sent.Select(e => e.Key).Order());
        var warm = sent.Single(e => e.Key.EndsWith("TMAX", StringComparison.Ordinal));
        Assert.Equal(("USW00094728", "GHCND", "TMAX", 15.6, "degC"), (
            warm["station_id"], warm["dataset"], warm["element"], warm["value"], warm["unit"]));
        Assert.Equal(("NY CITY CENTRAL PARK, NY US", 40.77898, -73.96925, 42.7), (
            warm["station_name"], warm["latitude"], warm["longitude"], warm["elevation_m"]));
        Assert.Equal((20_394, null, null, "W"), (
            warm["date"], warm["measurement_flag"], warm["quality_flag"], warm["source_flag"]));
        var rain = sent.Single(e => e.Key.EndsWith("PRCP", StringComparison.Ordinal));
        Assert.Equal(("T", "I", "W"), (rain["measurement_flag"], rain["quality_flag"], rain["source_flag"]));
        var odd = sent.Single(e => e.Key.EndsWith("PGTM", StringComparison.Ordinal));
        Assert.Equal(("UNKNOWN", "PGTM", "", null), (
            odd["element"], odd.Meta("element", "attributes"), odd["unit"], odd["station_name"]));
    }

    [Fact]
    public async Task A_consumer_price_index_is_sent_with_each_vintage_and_other_series_of_FRED_are_not()
    {
        const string Text = """
            {"realtime_start":"2024-12-01","realtime_end":"2025-03-12","observation_start":"2024-12-01","observation_end":"2025-03-12",
            "units":"lin","output_type":1,"file_type":"json","order_by":"observation_date","sort_order":"asc","count":3,"offset":0,
            "limit":100000,"observations":[
            {"realtime_start":"2025-01-15","realtime_end":"2025-02-11","date":"2024-12-01","value":"317.685"},
            {"realtime_start":"2025-02-12","realtime_end":"2025-03-12","date":"2024-12-01","value":"317.603"},
            {"realtime_start":"2025-02-12","realtime_end":"2025-03-12","date":"2025-01-01","value":"."}]}
            """;
        _world.Bring<SeriesPoint>("fred/observations", "fred_observations_CPIAUCSL_M_2025-03-12_0.json", Text, Day);

        var sent = await _world.EventsReadByBoth(EventTopics.PriceIndexTopic);

        Assert.Equal([(317.603, "2025-02-12T00:00:00Z"), (317.685, "2025-01-15T00:00:00Z")], sent
            .Select(e => ((double)e["value"]!, e.Meta("issued_at")!)).Order());
        Assert.All(sent, e => Assert.Equal(
            ("CPIAUCSL", "US", "MONTHLY", "SA", "2024-12", "Index 1982-1984=100", "FRED"),
            (e["series_id"], e["area"], e["frequency"], e["seasonal_adjustment"], e["period"], e["units"], e["source"])));
        Assert.Equal(3, _world.Events().Count(e => e.Topic.Name == EventTopics.FredTopic));

        _world.Bring<SeriesPoint>("fred/observations", "fred_observations_PCU22112211_M_2025-03-12_0.json", Text, Day);
        Assert.DoesNotContain(_world.Events(), e => e.Topic.Name == EventTopics.PriceIndexTopic);
    }

    [Theory]
    [InlineData("CPIAUCNS", "NSA")]
    [InlineData("CPALTT01USM661S", "SA")]
    [InlineData("CPALTT01USM657N", "NSA")]
    [InlineData("CPIX", "UNKNOWN")]
    public void The_end_of_an_id_says_how_an_index_is_adjusted(string id, string adjustment)
    {
        var feed = EventWorld.Of<SeriesPoint>("fred/observations");
        var period = DayOf(2025, 10, 1, 31);
        _world.Deliver(feed, Day, new SeriesPoint(new SeriesKey($"series/{id}", "Index 2015=100"), period, 1));

        var sent = _world.Events().Where(e => e.Topic.Name == EventTopics.PriceIndexTopic);

        Assert.Equal([adjustment], sent.Select(e => e["seasonal_adjustment"]));
    }

    [Fact]
    public async Task Prices_of_gas_are_sent_with_their_benchmark_and_volumes_are_not()
    {
        const string Daily = """
            {"response":{"total":"2","dateFormat":"YYYY-MM-DD","frequency":"daily","data":[
            {"period":"2025-10-31","duoarea":"RGC","area-name":"NA","product":"EPG0","product-name":"Natural Gas","process":"PS0",
            "process-name":"Spot Price","series":"RNGWHHD","series-description":"Henry Hub Natural Gas Spot Price","value":"3.44",
            "units":"$/MMBTU"},
            {"period":"2025-10-31","duoarea":"Y35NY","area-name":"NEW YORK CITY","product":"EPG0","product-name":"Natural Gas",
            "process":"PE1","process-name":"Future Contract 1","series":"RNGC1","series-description":"Natural Gas Futures Contract 1","value":"4.124",
            "units":"$/MMBTU"}]},"request":{"command":"/v2/natural-gas/pri/fut/data/","params":{"offset":"0"}}}
            """;
        _world.Bring<SeriesPoint>("eia/natural-gas", "gas.json", Daily, Day);

        var sent = await _world.EventsReadByBoth(EventTopics.GasTopic);

        Assert.Equal(
            [("NYMEX Henry Hub 1st month", 4.124), ("Henry Hub", 3.44)],
            sent.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => ((string)e["benchmark"]!, (double)e["value"]!)));
        Assert.All(sent, e => Assert.Equal(
            ("NATURAL_GAS", "DAILY", "2025-10-31", "$/MMBTU", "USD", "EIA"),
            (e["fuel_type"], e["frequency"], e["period"], e["units"], e["currency"], e["source"])));

        var month = DayOf(2025, 10, 1, 31);
        _world.Deliver(
            EventWorld.Of<SeriesPoint>("eia/natural-gas-monthly"), Day,
            new SeriesPoint(new SeriesKey("natural-gas/N9050US2", "MMCF"), month, 3_900_000),
            new SeriesPoint(new SeriesKey("natural-gas/N3035TX3", "$/MCF"), month, 3.1));
        Assert.Equal(
            ["natural-gas/N3035TX3"], _world.Events().Where(e => e.Topic.Name == EventTopics.GasTopic).Select(e => e.Key));
    }

    [Fact]
    public void Henry_Hub_of_FRED_is_a_price_of_gas_and_oil_is_none()
    {
        var day = DayOf(2025, 10, 31, 1);
        _world.Deliver(
            EventWorld.Of<SeriesPoint>("fred/observations"), Day,
            new SeriesPoint(new SeriesKey("series/DHHNGSP", "Dollars per Million BTU"), day, 3.44),
            new SeriesPoint(new SeriesKey("series/DCOILWTICO", "Dollars per Barrel"), day, 60.98));

        var sent = Assert.Single(_world.Events(), e => e.Topic.Name == EventTopics.GasTopic);

        Assert.Equal(("series/DHHNGSP", "Henry Hub", "FRED"), (sent["series_id"], sent["benchmark"], sent["source"]));
    }

    private static DeliveryInterval DayOf(int year, int month, int day, int days) => DeliveryInterval.FromUnixSeconds(
        Instant.FromUtc(year, month, day, 0, 0).ToUnixTimeSeconds(), days * 86_400);
}

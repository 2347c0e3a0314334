using System.Text.RegularExpressions;
using static Aurum.Cluster.Contracts.EventOrigin;

namespace Aurum.Cluster.Contracts;

/// <summary>All topics, in the order of their names.</summary>
/// <remarks>Names are <c>aurum.{domain}.{entity}.v{n}</c>. Compatibility of every subject is BACKWARD.</remarks>
public static partial class EventTopics
{
    public const string Compatibility = "BACKWARD";
    public const string ErrorTopic = "aurum.ingest.error.v1";
    public const string CurveTopic = "aurum.curve.observation.v1";
    public const string CurveLetterTopic = "aurum.curve.observation.dlq";
    public const string ObservationTopic = "aurum.ext.timeseries.obs.v1";
    public const string CatalogTopic = "aurum.ext.series_catalog.upsert.v1";
    public const string EiaTopic = "aurum.ref.eia.series.v1";
    public const string EiaLetterTopic = "aurum.ref.eia.series.dlq.v1";
    public const string FredTopic = "aurum.ref.fred.series.v1";
    public const string PriceIndexTopic = "aurum.ref.cpi.series.v1";
    public const string WeatherTopic = "aurum.ref.noaa.weather.v1";
    public const string GasTopic = "aurum.ref.fuel.natural_gas.v1";
    public const string RateTopic = "aurum.ref.fx.rate.v1";
    public const string ScenarioRequestTopic = "aurum.scenario.request.v1";
    public const string ScenarioOutputTopic = "aurum.scenario.output.v1";
    public const string QualityTopic = "aurum.qa.result.v1";
    public const string AlertTopic = "aurum.alert.v1";
    public const string DeliveryTopic = "aurum.ingest.delivery.v1";
    public const string TickTopic = "aurum.market.tick.v1";
    public const string TickLetterTopic = "aurum.market.tick.dlq.v1";
    public const string BarTopic = "aurum.market.bar.v1";
    public const string LatestPriceTopic = "aurum.market.latest_price.v1";
    public const string CurvePointTopic = "aurum.market.curve_point.v1";
    public const string LetterTopic = "aurum.ingestion.dlq.v1";
    public const string LineageTopic = "aurum.data.lineage.v1";

    private const string SeriesKey = "provider|series_id";
    private const string ScenarioKey = "tenant_id|scenario_id";
    private const string InstrumentKey = "tenant_id|instrument_id";

    /// <summary>Operators that have feeds, in small letters as topics name them.</summary>
    private static readonly string[] Isos = ["aeso", "caiso", "ercot", "ieso", "isone", "miso", "nyiso", "pjm", "spp"];

    /// <summary>Kinds of rows of operators, and the operators whose topics the platform has.</summary>
    private static readonly (string Kind, string Key, string[] Platform)[] IsoKinds =
    [
        ("lmp", "location_id", ["aeso", "caiso", "ercot", "isone", "miso", "nyiso", "pjm", "spp"]),
        ("load", "area", ["aeso", "caiso", "isone", "miso", "pjm", "spp"]),
        ("genmix", "area", ["aeso", "caiso", "isone", "miso", "pjm", "spp"]),
        ("asm", "zone", ["caiso", "isone", "miso"]),
        ("pnode", "pnode_id", ["caiso", "pjm"]),
    ];

    private static readonly string[] EiaDatasets =
    [
        "bulk.coal", "bulk.eba", "co2.allowance", "coal.consumption", "coal.prices", "electric.generator.capacity",
        "electric.operational", "electric.retail.sales", "fuelmix", "iso.load.hourly", "natgas.pipeline", "ng.storage",
        "rto.fuel.daily", "rto.interchange.daily", "rto.region.daily", "rto.subregion.daily",
    ];

    public static IReadOnlyList<EventTopic> All { get; } = [.. Listed().OrderBy(static t => t.Name, StringComparer.Ordinal)];

    private static readonly Dictionary<string, EventTopic> ByName = All.ToDictionary(static t => t.Name, StringComparer.Ordinal);

    /// <exception cref="ArgumentException">No such topic.</exception>
    public static EventTopic Find(string name) =>
        TryFind(name) ?? throw new ArgumentException($"no topic '{name}'; 'aurum contracts list' shows all", nameof(name));

    public static EventTopic? TryFind(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether a topic or subject is named by the rule.</summary>
    public static bool IsName(string name) => Rule().IsMatch(name);

    private static IEnumerable<EventTopic> Listed() =>
    [
        .. IsoTopics(),
        Of(CurveTopic, "curve.observation.v1", "curve_key"),
        Of(CurveLetterTopic, "ingest.error.v1", "source") with { Subject = null },
        Of(ErrorTopic, "ingest.error.v1", "source") with { Subject = ErrorTopic },
        Of(EiaTopic, "eia.series.v1", "series_id"),
        .. EiaDatasets.Select(static d => Of($"aurum.ref.eia.{d}.v1", "eia.series.v1", "series_id")),
        Of(EiaLetterTopic, "ingest.error.v1", "source"),
        Of(FredTopic, "fred.series.v1", "series_id"),
        Of(PriceIndexTopic, "cpi.series.v1", "series_id"),
        Of(WeatherTopic, "noaa.weather.v1", "station_id|element"),
        Of(RateTopic, "fx.rate.v1", "base_currency|quote_currency"),
        Of(GasTopic, "fuel.curve.v1", "series_id"),
        Of("aurum.ref.fuel.co2.v1", "fuel.curve.v1", "series_id"),
        Of(CatalogTopic, "ExtSeriesCatalogUpsertV1", SeriesKey),
        Of(ObservationTopic, "ExtTimeseriesObsV1", SeriesKey),
        Of("aurum.drought.index.v1", "aurum.drought.index.v1", "series_id"),
        Of("aurum.drought.usdm_area.v1", "aurum.drought.usdm_area.v1", "region_id"),
        Of("aurum.drought.vector_event.v1", "aurum.drought.vector_event.v1", "event_id"),
        Of(ScenarioRequestTopic, "scenario.request.v1", ScenarioKey),
        Of("aurum.scenario.request.retry.v1", "scenario.request.v1", ScenarioKey),
        Of("aurum.scenario.request.dlq.v1", "scenario.request.v1", ScenarioKey),
        Of(ScenarioOutputTopic, "scenario.output.v1", ScenarioKey),
        Of("aurum.scenario.output.dlq.v1", "scenario.output.v1", ScenarioKey),
        Of(AlertTopic, "alert.v1", "alert_id", PlatformUnregistered),
        Of(QualityTopic, "qa.result.v1", "run_id", PlatformUnregistered),
        Of(DeliveryTopic, "ingest.delivery.v1", "feed", Ours),
        Of(LetterTopic, "ingestion.dlq.v1", "dataset", PlatformUnregistered),
        Of(LineageTopic, "data.lineage.v1", "run_id", Ours),
        Of(TickTopic, "market.tick.v1", InstrumentKey, Ours),
        Of(TickLetterTopic, "market.tick.dlq.v1", "event_id", Ours),
        Of(BarTopic, "market.bar.v1", InstrumentKey, Ours),
        Of(LatestPriceTopic, "market.latest_price.v1", InstrumentKey, Ours),
        Of(CurvePointTopic, "market.curve_point.v1", "tenant_id|curve_id", Ours),
    ];

    private static IEnumerable<EventTopic> IsoTopics() => IsoKinds.SelectMany(static k => Isos.Select(
        iso => Of($"aurum.iso.{iso}.{k.Kind}.v1", $"iso.{k.Kind}.v1", k.Key, k.Platform.Contains(iso) ? Platform : Ours)));

    private static EventTopic Of(string name, string contract, string key, EventOrigin origin = Platform) =>
        new(name, EventContracts.Find(contract), key, origin);

    [GeneratedRegex(@"^aurum\.[a-z0-9_.]+\.v[0-9]+(-key|-value)?$")]
    private static partial Regex Rule();
}

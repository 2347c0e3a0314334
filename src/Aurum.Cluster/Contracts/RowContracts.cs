using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>A contract that rows of feeds are events of.</summary>
/// <param name="Table">Table of the rows.</param>
/// <param name="Of">Whether it is a contract of a feed.</param>
/// <param name="Topic">Name of the topic of a feed's rows.</param>
/// <param name="Open">Makes the events.</param>
internal sealed record RowContract(
    string Table, Func<FeedId, bool> Of, Func<FeedId, string> Topic, Func<RowWorld, IRowEvents> Open)
{
    /// <summary>Whether only some of a feed's rows are events of it: the others lack nothing.</summary>
    public bool IsPart { get; init; }

    public bool IsOf(string table, FeedId feed) => table == Table && Of(feed);
}

/// <summary>What events of rows are made with.</summary>
/// <param name="Id">Feed of the rows.</param>
/// <param name="Feed">The same in the catalog; null: not there.</param>
/// <param name="Columns">Columns of the reader.</param>
/// <param name="Lookup">What the store knows of places and stations.</param>
/// <param name="Ids">Ids of the schemas.</param>
internal sealed record RowWorld(FeedId Id, Feed? Feed, IReadOnlyList<ResultColumn> Columns, PlaceLookup Lookup, EventSchemaIds Ids)
{
    /// <exception cref="ArgumentException">The feed is not in the catalog.</exception>
    public Feed Known =>
        Feed ?? throw new ArgumentException($"expected a feed of the catalog, found {Id}: its rows have no contract");
}

/// <summary>All contracts of rows, in the order in which the events of a row are sent.</summary>
internal static class RowContracts
{
    public const string Lmp = "iso_lmp";
    public const string Load = "iso_load";
    public const string Generation = "iso_genmix";
    public const string Ancillary = "iso_asm";
    public const string Observation = "timeseries_observation";
    public const string Catalog = "series_catalog";
    public const string Curve = "curve_observation";

    private const string Eia = "eia";
    private const string Fred = "fred";
    private const string Rates = "ecb/reference-rates";
    private const string Weather = "noaa/ghcn-daily";

    public static readonly IReadOnlyList<RowContract> All =
    [
        new(Lmp, Always, static f => OfIso(f, "lmp"), static w => new LmpEvents(w.Known, w.Columns, w.Lookup.Places, w.Ids)),
        new(Load, Always, static f => OfIso(f, "load"), static w => new PowerEvents(w.Known, w.Columns, w.Ids)),
        new(Generation, Always, static f => OfIso(f, "genmix"), static w => new PowerEvents(w.Known, w.Columns, w.Ids)),
        new(Ancillary, Always, static f => OfIso(f, "asm"), static w => new AncillaryEvents(w.Known, w.Columns, w.Ids)),
        new(
            Observation, Always, static _ => EventTopics.ObservationTopic,
            static w => new ObservationEvents(w.Id, w.Feed, w.Columns, w.Ids)),
        new(
            Observation, static f => f.Publisher == Eia, static f => EiaEvents.TopicOf(f).Name,
            static w => new EiaEvents(w.Id, w.Columns, w.Ids)),
        new(
            Observation, static f => f.Publisher == Fred, static _ => EventTopics.FredTopic,
            static w => new FredEvents(w.Id, w.Columns, w.Ids)),
        new(
            Observation, static f => f.Text == Rates, static _ => EventTopics.RateTopic,
            static w => new RateEvents(w.Id, w.Columns, w.Ids)),
        new(
            Observation, IsWeather, static _ => EventTopics.WeatherTopic,
            static w => new WeatherEvents(w.Id, w.Columns, w.Lookup.Stations, w.Ids)),
        new(
            Observation, static f => f.Publisher == Fred, static _ => EventTopics.PriceIndexTopic,
            static w => new PriceIndexEvents(w.Id, w.Columns, w.Ids)) { IsPart = true },
        new(
            Observation, FuelEvents.IsOf, static _ => EventTopics.GasTopic,
            static w => new FuelEvents(w.Id, w.Columns, w.Ids)) { IsPart = true },
        new(Catalog, Always, static _ => EventTopics.CatalogTopic, static w => new CatalogEvents(w.Id, w.Columns, w.Ids)),
        new(Curve, Always, static _ => EventTopics.CurveTopic, static w => new CurveEvents(w.Columns, w.Ids)),
    ];

    /// <summary>Whether a feed is of weather stations.</summary>
    public static bool IsWeather(FeedId feed) => feed.Text == Weather;

    private static bool Always(FeedId feed) => true;

    private static string OfIso(FeedId feed, string kind) => $"aurum.iso.{feed.Publisher}.{kind}.v1";
}

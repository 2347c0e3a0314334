using Aurum.Market.Feeds;

namespace Aurum.Sources.Caiso;

/// <summary>The feeds of the California ISO.</summary>
public static class CaisoFeeds
{
    /// <summary>OASIS: one request every five seconds, whoever asks (the publisher's known policy; facts: CAISO,
    /// errors).</summary>
    public static readonly Site Oasis = new(
        "caiso-oasis",
        new Uri("https://oasis.caiso.com/oasisapi"),
        new SiteLimits(RequestsPerMinute: 12, Burst: 1, Concurrency: 1, TimeoutSeconds: 120));

    /// <summary>The files behind Today's Outlook on the public web site: no credentials, no printed limits.</summary>
    public static readonly Site Outlook = new(
        "caiso-outlook",
        new Uri("https://www.caiso.com"),
        new SiteLimits(RequestsPerMinute: 20, Burst: 4, Concurrency: 1, MaxResponseBytes: 4L << 20));

    public static IReadOnlyList<Site> Sites { get; } = [Oasis, Outlook];

    public static IReadOnlyList<Feed> All { get; } =
    [
        DayAheadLmp.Feed,
        RealTimeLmp.Feed,
        FifteenMinuteLmp.Feed,
        HourAheadLmp.Feed,
        LoadActual.Feed,
        LoadForecastRealTime.Feed,
        LoadForecastDayAhead.Feed,
        LoadForecastTwoDay.Feed,
        LoadForecastSevenDay.Feed,
        RenewableForecastDayAhead.Feed,
        RenewableActual.Feed,
        RenewableForecastHourAhead.Feed,
        RenewableForecastFifteenMinute.Feed,
        RenewableForecastFiveMinute.Feed,
        SystemSchedules.Feed,
        TransmissionUsage.Feed,
        AncillaryPrices.Feed,
        AncillaryPricesHourAhead.Feed,
        AncillaryPricesFifteenMinute.Feed,
        AncillaryRequirements.Feed,
        AncillaryResults.Feed,
        PublicBids.Feed,
        PublicBidsRealTime.Feed,
        FuelPrices.Feed,
        GhgAllowancePrice.Feed,
        FuelMix.Feed,
        Demand.Feed,
        Storage.Feed,
        Emissions.Feed,
    ];
}

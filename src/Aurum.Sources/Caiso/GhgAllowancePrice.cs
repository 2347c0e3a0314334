using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO price index of greenhouse gas allowances, as used in its bids.</summary>
/// <remarks>
/// <para>Source: CAISO OASIS report PRC_GHG_ALLOWANCE.</para>
/// <para>Shape: one row an hour with the value of the day, in the column GHG_PRC_IDX: the series
/// <c>PRC_GHG_ALLOWANCE/GHG_PRC_IDX</c>.</para>
/// <para>Units: USD per metric ton of CO2. Time: GMT in each row; no market run. Revisions: none known.</para>
/// </remarks>
public static class GhgAllowancePrice
{
    private const string Index = "GHG_PRC_IDX";

    private static readonly OasisReport Report =
        new("PRC_GHG_ALLOWANCE", 1, "", [], [], IntervalMinutes: 60) { ValueColumns = [Index] };

    public static readonly Feed<SeriesPoint> Feed = SeriesFeeds.Feed(
        "caiso/ghg-allowance-price",
        "CAISO greenhouse gas allowance price index",
        Report,
        new FeedFacts(
            Source: "CAISO OASIS report PRC_GHG_ALLOWANCE.",
            Shape: "One row an hour; 23, 24 or 25 hours a day.",
            Units: "USD per metric ton of CO2.",
            SeriesFeeds.Time,
            Revisions: "Published the evening before; not revised afterwards."),
        new Schedule(
            FirstAt: Duration.FromHours(-4),
            CompleteAt: Duration.FromHours(-2),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(2),
            CorrectionChecks: Duration.FromDays(1)),
        static head => OasisHeads.IsCsv(head, Report, Index),
        static file => new OasisSeries(file.Name, $"PRC_GHG_ALLOWANCE/{Index}", static _ => "USD/t"));
}

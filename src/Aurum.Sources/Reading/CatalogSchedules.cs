using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Reading;

/// <summary>How providers' catalogs are asked for: once a day, from its first minute on, so that a
/// new data directory has them at any hour; and only today, because a catalog shows the present alone.</summary>
internal static class CatalogSchedules
{
    public const string Suite = "series_catalog";

    public static readonly Schedule Daily = new(
        FirstAt: Duration.Zero,
        CompleteAt: Duration.Zero,
        RefreshEvery: null,
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null,
        KeptDays: 1);

    /// <summary>The requests of today; none for another day.</summary>
    public static IReadOnlyList<FeedRequest> Today(OperatingDay day, Instant now, Func<IReadOnlyList<FeedRequest>> requests) =>
        OperatingDay.Of(now, day.Zone) == day ? requests() : [];
}

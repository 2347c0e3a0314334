using Aurum.App.Configuration;
using Aurum.Market.Feeds;

namespace Aurum.App.Ingest.Limits;

/// <summary>What a site or a dataset may be asked for. 0 is no limit.</summary>
/// <param name="RequestsPerMinute">Requests in any minute. Of a rate that is no whole number, the whole part in as much of a minute; a
/// rate below one is kept by the burst alone.</param>
/// <param name="RequestsPerHour">Requests in any 60 minutes.</param>
/// <param name="RequestsPerDay">Requests in any 24 hours.</param>
/// <param name="RowsPerHour">Rows in any 60 minutes.</param>
/// <param name="BytesPerHour">Bytes in any 60 minutes.</param>
/// <param name="Concurrency">Requests in flight.</param>
internal sealed record QuotaLimits(
    double RequestsPerMinute, long RequestsPerHour, long RequestsPerDay, long RowsPerHour, long BytesPerHour, int Concurrency)
{
    public static QuotaLimits None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Whether what an earlier process asked for counts.</summary>
    public bool OutlivesProcess => RequestsPerHour > 0 || RequestsPerDay > 0;

    public static QuotaLimits Of(SiteLimits limits) => new(
        limits.RequestsPerMinute, limits.RequestsPerHour, limits.RequestsPerDay, limits.RowsPerHour, limits.BytesPerHour,
        limits.Concurrency);

    public static QuotaLimits Of(FeedLimitOptions? options) => options is null ? None : new(
        options.RequestsPerMinute ?? 0, options.RequestsPerHour ?? 0, options.RequestsPerDay ?? 0, options.RowsPerHour ?? 0,
        options.BytesPerHour ?? 0, options.Concurrency ?? 0);
}

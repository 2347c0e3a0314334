using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO's price feeds asked for every node: some 16,000 in place of hubs and load points.</summary>
/// <remarks>OASIS gives all nodes (<c>grp_type=ALL</c>) of a day-ahead day in one answer, and of the real-time markets an hour at
/// most. While a day runs, its hours that are over are asked for once; when it is over all are asked for again.</remarks>
public static class CaisoAllNodes
{
    private const string NodeParameter = "&node=";

    /// <summary>How long after an hour its last prices are there.</summary>
    private static readonly Duration LastPrices = Duration.FromMinutes(30);

    /// <summary>All price feeds, with requests for all nodes.</summary>
    internal static IReadOnlyList<Feed<LmpRow>> Feeds { get; } = [.. CaisoFeeds.All.OfType<Feed<LmpRow>>().Select(Of)];

    /// <summary>The feed with requests for all nodes.</summary>
    public static Feed<LmpRow> Of(Feed<LmpRow> feed) => feed.With(locate: (day, now) =>
    [
        .. feed.Locate(day, now).SelectMany(request => feed.IntervalMinutes < 60 ? Hours(request, day, now) : [Widened(request)]),
    ]);

    private static FeedRequest Widened(FeedRequest request)
    {
        var at = request.PathAndQuery.IndexOf(NodeParameter, StringComparison.Ordinal);
        return request with { PathAndQuery = request.PathAndQuery[..at] + "&grp_type=ALL" };
    }

    /// <summary>A request for each hour of the span that is asked for and has begun; at least for the first.</summary>
    private static IEnumerable<FeedRequest> Hours(FeedRequest request, OperatingDay day, Instant now)
    {
        var whole = Span(day.Start, day.End);
        if (!request.PathAndQuery.Contains(whole, StringComparison.Ordinal))
        {
            yield return Widened(request);
            yield break;
        }

        for (var start = day.Start; start < day.End && (start == day.Start || start < now); start += Duration.FromHours(1))
        {
            var end = start + Duration.FromHours(1);
            var hour = Span(start, end);
            yield return Widened(request with
            {
                PathAndQuery = request.PathAndQuery.Replace(whole, hour, StringComparison.Ordinal),
                FileName = string.Create(CultureInfo.InvariantCulture, $"{start:uuuuMMdd'T'HH}_{request.FileName}"),
                IsPiece = now < day.End && end + LastPrices <= now,
            });
        }
    }

    private static string Span(Instant start, Instant end) => string.Create(
        CultureInfo.InvariantCulture, $"startdatetime={start:uuuuMMdd'T'HH:mm}-0000&enddatetime={end:uuuuMMdd'T'HH:mm}-0000");
}

using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Feeds;
using Aurum.Store.Ledger;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/gaps</c>: what is missing, and with <c>all=true</c> the whole ledger of feeds and operating days.</summary>
internal static class GapEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        QueryParameter.Filter("feed", "Feed id, as /v1/feeds lists them.", "caiso/day-ahead-lmp"),
        new("from", ParameterForm.Date, "First operating day.") { Example = "2025-11-01", IsFilter = true },
        new("to", ParameterForm.Date, "Last operating day, inclusive.") { Example = "2025-11-30", IsFilter = true },
        new("all", ParameterForm.Boolean, "true: every day of the ledger, not only what is missing.")
        {
            Default = "false",
            IsFilter = true,
        },
        QueryParameter.LimitOf(10_000, 1000),
        RowResource.Cursor,
        ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/gaps", Get).WithTags("health of the data")
        .Describe("Gaps", "Gap ledger",
        "Operating days that are missing or incomplete, as they stand now, by feed and day; all=true gives the complete days too.",
        Parameters);

    private static Answer<IReadOnlyList<GapShape>> Get(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("gaps", Parameters, request, services);
        var query = list.Query;
        var feed = query.Text("feed") is { } id ? services.Feeds.Require("feed", id).Id : (FeedId?)null;
        var (from, through) = (query.Date("from"), query.Date("to"));
        if (from > through)
        {
            throw new RequestFormatException("to", $"a day not before from ({from:uuuu-MM-dd})", $"'{query.Text("to")}'");
        }

        var ledger = services.Api.Store.Ledger;
        var days = query.Boolean("all")
            ? ledger.Entries(feed, from, through).Select(e => GapShape.Of(e.Feed, e.Day, e))
            : ledger.Gaps(feed, from, through).Select(g => GapShape.Of(g.Feed, g.Day, g.Entry));
        var ordered = days.OrderBy(d => d.Feed).ThenBy(d => d.Day).SkipWhile(d => list.After is { } after && !IsAfter(d, after));
        return list.Page([.. ordered.Take(list.Limit + 1)], d => d, d => [d.Feed.Text, $"{d.Day:uuuu-MM-dd}"]);
    }

    private static bool IsAfter(GapShape day, IReadOnlyList<string> after) =>
        string.CompareOrdinal(day.Feed.Text, after[0]) is var byFeed
            && (byFeed > 0 || (byFeed == 0 && string.CompareOrdinal($"{day.Day:uuuu-MM-dd}", after[1]) > 0));
}

/// <summary>An operating day of a feed.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="Day">Operating day.</param>
/// <param name="Outcome">What came of it so far; null where it was never tried.</param>
/// <param name="Why">The reason of the outcome; empty for data.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="LastTriedUtc">Latest try.</param>
/// <param name="Rows">Rows stored for the day.</param>
/// <param name="Complete">Whether all that the day should have is there.</param>
internal sealed record GapShape(
    FeedId Feed, LocalDate Day, Outcome? Outcome, string Why, int Attempts, Instant? LastTriedUtc, long Rows, bool Complete)
{
    public static GapShape Of(FeedId feed, LocalDate day, LedgerEntry? entry) => entry is null
        ? new(feed, day, null, "never tried", 0, null, 0, false)
        : new(feed, day, entry.Outcome, entry.Why, entry.Attempts, entry.LastTriedAt, entry.Rows, entry.IsSettled);
}

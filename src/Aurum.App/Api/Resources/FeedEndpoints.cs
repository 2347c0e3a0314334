using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Feeds;
using Aurum.Store.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/feeds</c>: what is collected, the five facts of each feed, and how it stands.</summary>
internal static class FeedEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        QueryParameter.Filter("iso", "Market operator.", "CAISO"),
        QueryParameter.Filter("publisher", "Publisher: the first part of the id.", "caiso"),
        QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit),
        RowResource.Cursor,
        ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/feeds", List).WithTags("health of the data").Describe("Feeds", "All feeds",
            "Every feed of the catalog with its documented facts, its watermark and its latest outcome, as it stands now.",
            Parameters);
        v1.MapGet("/feeds/{publisher}/{dataset}", Get).WithTags("health of the data").Describe("Feed", "One feed",
            "One feed of the catalog, for example /v1/feeds/caiso/day-ahead-lmp.");
    }

    private static Answer<IReadOnlyList<FeedShape>> List(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("feeds", Parameters, request, services);
        var iso = list.Query.Text("iso") is { } code ? services.Feeds.RequireIso("iso", code) : null;
        var publisher = list.Query.Text("publisher");
        var standings = FeedStandings.Read(services);
        var feeds = services.Feeds.Feeds.OrderBy(f => f.Id).Where(f =>
            (iso is null || f.Contract?.IsoCode == iso) && (publisher is null || f.Id.Publisher == publisher)
            && (list.After is null || string.CompareOrdinal(f.Id.Text, list.After[0]) > 0));
        return list.Page([.. feeds.Take(list.Limit + 1)], f => FeedShape.Of(f, standings.Of(f.Id), services.Api),
            f => [f.Id.Text]);
    }

    private static Results<Answer<FeedShape>, Problem> Get(
        string publisher, string dataset, HttpRequest request, RowServices services)
    {
        var started = services.Api.Time.GetTimestamp();
        _ = new QueryReader(request.Query, []);
        var feed = services.Feeds.Require("feed", $"{publisher}/{dataset}", StatusCodes.Status404NotFound);
        var shape = FeedShape.Of(feed, FeedStandings.Read(services, feed.Id).Of(feed.Id), services.Api);
        return new Answer<FeedShape>(shape, 1, services.Api.Time.GetElapsedTime(started).TotalMilliseconds);
    }
}

/// <summary>A feed and how it stands.</summary>
/// <param name="Id">Publisher and dataset.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Publisher">First part of the id.</param>
/// <param name="Table">Table that its rows are in.</param>
/// <param name="IsoCode">Market operator; null for statistical series.</param>
/// <param name="IsoMarket">Which market its values belong to.</param>
/// <param name="IsoProduct">What its values are.</param>
/// <param name="Zone">IANA name of the clock of its operating days.</param>
/// <param name="IntervalMinutes">Length of its intervals; null where stamps are irregular.</param>
/// <param name="Facts">The five documented facts.</param>
/// <param name="Collected">Whether this server's settings name it among those to collect.</param>
/// <param name="Watermark">Last operating day such that all days from the first tried one are complete; null where there is
/// none.</param>
/// <param name="LastOutcome">Outcome of the latest try; null where none was made.</param>
/// <param name="LastTriedUtc">When the latest try was made.</param>
/// <param name="LastRows">Rows of the latest tried day.</param>
/// <param name="CompleteDays">Operating days that are complete.</param>
/// <param name="GapDays">Operating days that are missing or incomplete.</param>
/// <param name="FreshnessMinutes">Minutes since a try last brought data or the publisher's word that there is none.</param>
internal sealed record FeedShape(
    FeedId Id, string Title, string Publisher, string Table, string? IsoCode, string? IsoMarket, string? IsoProduct, string Zone,
    int? IntervalMinutes, FeedFacts Facts, bool Collected, LocalDate? Watermark, Outcome? LastOutcome, Instant? LastTriedUtc,
    long? LastRows, int CompleteDays, int GapDays, long? FreshnessMinutes)
{
    public static FeedShape Of(Feed feed, FeedStanding standing, ApiServices api) => new(
        feed.Id, feed.Title, feed.Id.Publisher, feed.TableName, feed.Contract?.IsoCode, feed.Contract?.MarketText,
        feed.Contract?.ProductText,
        feed.Zone.Id, feed.IntervalMinutes, feed.Facts, api.Collected?.Contains(feed.Id) ?? true, standing.Watermark,
        standing.Latest?.LastOutcome, standing.Latest?.LastTriedAt, standing.Latest?.Rows, standing.CompleteDays, standing.GapDays,
        standing.LastSettledAt is { } at ? Math.Max(0, (long)(api.Now - at).TotalMinutes) : null);
}

/// <summary>What the ledger says of one feed.</summary>
/// <param name="Watermark">See <see cref="FeedShape"/>.</param>
/// <param name="Latest">The entry that was tried last.</param>
/// <param name="LastSettledAt">When a try last brought data or the word that there is none.</param>
/// <param name="CompleteDays">Complete days.</param>
/// <param name="GapDays">Missing days.</param>
internal sealed record FeedStanding(LocalDate? Watermark, LedgerEntry? Latest, Instant? LastSettledAt, int CompleteDays,
    int GapDays);

/// <summary>The ledger, summed up by feed.</summary>
internal sealed class FeedStandings
{
    private static readonly FeedStanding Never = new(null, null, null, 0, 0);
    private readonly Dictionary<FeedId, FeedStanding> _standings = [];

    public FeedStanding Of(FeedId feed) => _standings.GetValueOrDefault(feed, Never);

    public static FeedStandings Read(RowServices services, FeedId? feed = null)
    {
        var ledger = services.Api.Store.Ledger;
        var watermarks = ledger.Watermarks().ToDictionary(w => w.Feed, w => w.Through);
        var gaps = ledger.Gaps(feed).GroupBy(g => g.Feed).ToDictionary(g => g.Key, g => g.Count());
        var all = new FeedStandings();
        foreach (var entries in ledger.Entries(feed).GroupBy(e => e.Feed))
        {
            var settled = entries.Where(e => e.LastOutcome.IsSettled()).Select(e => e.LastTriedAt).DefaultIfEmpty().Max();
            all._standings[entries.Key] = new FeedStanding(
                watermarks.GetValueOrDefault(entries.Key), entries.MaxBy(e => (e.LastTriedAt, e.Day)),
                settled == default ? null : settled,
                entries.Count(e => e.IsSettled), gaps.GetValueOrDefault(entries.Key));
        }

        return all;
    }
}

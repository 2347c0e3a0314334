using System.Text;
using Aurum.App.Api.Requests;
using Aurum.Curves.Feeds;
using Aurum.Market.Feeds;
using Aurum.Market.Text;

namespace Aurum.App.Api.Rows;

/// <summary>The feeds of the catalog by id, for the facts that rows do not carry: market clock, product, interval
/// length.</summary>
internal sealed class FeedTable
{
    private readonly Utf8Table<FeedLine> _byId = new();

    public FeedTable(IReadOnlyList<Feed> feeds)
    {
        Feeds = feeds;
        foreach (var feed in feeds)
        {
            _byId.Add(Encoding.UTF8.GetBytes(feed.Id.Text), new FeedLine(feed));
        }

        IsoCodes = [.. feeds.Select(f => f.Contract?.IsoCode).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<Feed> Feeds { get; }

    /// <summary>Codes of the markets that the catalog has feeds of.</summary>
    public IReadOnlyList<string> IsoCodes { get; }

    /// <summary>Null for a feed that the catalog no longer has.</summary>
    public FeedLine? Find(ReadOnlySpan<byte> id) => _byId.TryGet(id, out var line) ? line : null;

    /// <exception cref="RequestFormatException">No such feed.</exception>
    public Feed Require(string field, string id, int status = StatusCodes.Status400BadRequest)
    {
        foreach (var feed in Feeds.Concat(CurveFeeds.All))
        {
            if (feed.Id.Text == id)
            {
                return feed;
            }
        }

        var nearest = NearestName.To(id, Feeds.Select(f => f.Id.Text));
        throw new RequestFormatException(field,
            "a feed id of /v1/feeds" + (nearest is null ? "" : $"; did you mean {nearest}?"), $"'{id}'", status);
    }

    /// <exception cref="RequestFormatException">No feed is of that market.</exception>
    public string RequireIso(string field, string code) =>
        IsoCodes.FirstOrDefault(c => c.Equals(code, StringComparison.OrdinalIgnoreCase))
        ?? throw new RequestFormatException(field,
            IsoCodes.Count == 0 ? "no iso: the catalog has no ISO feed" : $"one of {string.Join(", ", IsoCodes)}",
            $"'{code}'");
}

/// <summary>What a row's JSON takes from its feed.</summary>
internal sealed class FeedLine(Feed feed)
{
    public Feed Feed { get; } = feed;

    public byte[] Iso { get; } = Encoding.UTF8.GetBytes(feed.Contract?.IsoCode ?? "");

    public byte[] Product { get; } = Encoding.UTF8.GetBytes(feed.Contract?.ProductText ?? "");

    public byte[] Timezone { get; } = Encoding.UTF8.GetBytes(feed.Contract?.IsoTimezone ?? feed.Zone.Id);

    public int? IntervalMinutes { get; } = feed.Contract?.IsoIntervalMinutes ?? feed.IntervalMinutes;

    /// <summary>Whether a row's own length counts, not the feed's.</summary>
    public bool HasOtherIntervals { get; } = feed.HasOtherIntervals;
}

using System.Globalization;
using System.Text.Json;
using System.Web;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>Requests to the Data Miner 2 API, page by page.</summary>
internal static class PjmRequests
{
    /// <summary>Most rows that the API puts into an answer; prices of that many are about 15 MB.</summary>
    public const int RowsPerPage = 50_000;

    /// <summary>Pages that are followed at most: five million rows.</summary>
    public const int MaxPages = 100;

    public const int MaxAnswerBytes = 128 << 20;

    private static readonly string PageParameters = $"&rowCount={RowsPerPage}&startRow=";

    /// <summary>The request for the rows of an operating day.</summary>
    /// <param name="feed">Name of the feed in Data Miner: <c>da_hrl_lmps</c>.</param>
    /// <param name="day">Operating day. Both ends of a range are included, so it ends a minute before midnight.</param>
    /// <param name="by">Column of Eastern time that the range is of.</param>
    /// <param name="fields">Columns wanted, with commas; null: all.</param>
    /// <param name="filter">Further parameters, each with a leading ampersand.</param>
    public static IReadOnlyList<FeedRequest> Day(
        string feed, OperatingDay day, string by = "datetime_beginning_ept", string? fields = null, string filter = "")
    {
        var date = $"{day.Date:MM'%2F'dd'%2F'uuuu}";
        var columns = fields is null ? "" : $"fields={fields.Replace(",", "%2C", StringComparison.Ordinal)}&";
        return [Page($"/api/v1/{feed}?{columns}{by}={date}%2000%3A00to{date}%2023%3A59{filter}", $"{feed}_{day}", 1)];
    }

    /// <summary>The request for all rows that a feed has.</summary>
    public static IReadOnlyList<FeedRequest> Whole(string feed, OperatingDay day, string fields) =>
        [Page($"/api/v1/{feed}?fields={fields.Replace(",", "%2C", StringComparison.Ordinal)}", $"{feed}_{day}", 1)];

    /// <summary>Whether PJM has put a day's prices into its archive, where they can be asked for by time alone.</summary>
    /// <param name="day">Operating day.</param>
    /// <param name="now">Now.</param>
    /// <param name="keptDays">Days before that.</param>
    public static bool IsArchived(OperatingDay day, Instant now, int keptDays) =>
        day.Date < OperatingDay.Of(now, day.Zone).Date.PlusDays(-keptDays);

    /// <summary>The page after the given one, where the answer has a link to it. Asked for as the first one was, with the link's first
    /// row: the link names PJM's own host, and a page may have been shorter than what was asked for.</summary>
    /// <exception cref="FeedFormatException">The link leads nowhere, back, or beyond what any day has.</exception>
    public static FeedRequest? Next(FeedRequest request, FeedFile answer)
    {
        var at = request.PathAndQuery.LastIndexOf(PageParameters, StringComparison.Ordinal);
        if (at < 0 || NextLink(answer) is not { } link)
        {
            return null;
        }

        var start = int.Parse(request.PathAndQuery.AsSpan(at + PageParameters.Length), CultureInfo.InvariantCulture);
        var query = link.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? link[(mark + 1)..] : "";
        if (!int.TryParse(HttpUtility.ParseQueryString(query)["startRow"], CultureInfo.InvariantCulture, out var next) || next <= start)
        {
            throw new FeedFormatException(answer.Name, "links", $"a next link with a StartRow above {start}", link);
        }

        var stem = request.FileName[..request.FileName.LastIndexOf('_')];
        return next <= MaxPages * RowsPerPage
            ? Page(request.PathAndQuery[..at], stem, next)
            : throw new FeedFormatException(answer.Name, "links", $"at most {MaxPages} pages", $"a link to row {next}");
    }

    private static FeedRequest Page(string query, string stem, int start) =>
        new(PjmFeeds.Api.Name, $"{query}{PageParameters}{start}", $"{stem}_{start}.json")
        {
            Secrets = [new HeaderSecret("Ocp-Apim-Subscription-Key", "pjm-subscription-key")],
            Headers = [new("Accept", "application/json")],
        };

    /// <summary>The address behind <c>"rel":"next"</c>; null where there is none. Links stand before the items, so that the answer is
    /// not read to its end.</summary>
    private static string? NextLink(FeedFile answer)
    {
        using var archive = new ArchiveReader(answer);
        if (archive.Next() is not { Kind: ContentKind.Json } entry)
        {
            return null;
        }

        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            return NextLink(ref json);
        }
        finally
        {
            json.Dispose();
        }
    }

    private static string? NextLink(ref JsonStream json)
    {
        if (!json.Read() || json.Token != JsonTokenType.StartObject)
        {
            return null;
        }

        while (json.Read() && json.Token == JsonTokenType.PropertyName)
        {
            if (json.IsProperty("links"u8))
            {
                json.ReadRequired();
                return AddressOfNext(ref json);
            }

            json.Skip();
        }

        return null;
    }

    private static string? AddressOfNext(ref JsonStream json)
    {
        var depth = json.Depth;
        var (relation, address) = ("", "");
        while (json.Read() && json.Depth > depth)
        {
            if (json.Token == JsonTokenType.EndObject)
            {
                if (relation == "next")
                {
                    return address;
                }

                (relation, address) = ("", "");
            }
            else if (json.Token == JsonTokenType.String)
            {
                relation = json.Property.SequenceEqual("rel"u8) ? json.Text() : relation;
                address = json.Property.SequenceEqual("href"u8) ? json.Text() : address;
            }
        }

        return null;
    }
}

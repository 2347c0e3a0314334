using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>Requests to ERCOT's public reports API, page by page, and to its dashboards.</summary>
internal static class ErcotRequests
{
    /// <summary>Rows asked for in an answer; about 3 MB.</summary>
    public const int RowsPerPage = 50_000;

    /// <summary>Pages that are followed at most: five million rows.</summary>
    public const int MaxPages = 100;

    public const int MaxAnswerBytes = 128 << 20;

    private const string PageParameter = "&page=";
    private const string ArchivePath = "/api/public-reports/archive/";

    /// <param name="report">EMIL id and endpoint: <c>np4-190-cd/dam_stlmnt_pnt_prices</c>.</param>
    /// <param name="from">First value of the range parameter, inclusive.</param>
    /// <param name="to">Last value, inclusive.</param>
    /// <param name="parameter">Field that the range is of: <c>deliveryDate</c>, <c>operatingDay</c>,
    /// <c>SCEDTimestamp</c>.</param>
    /// <param name="filter">Further parameters, each with a leading ampersand.</param>
    public static FeedRequest Report(string report, string parameter, string from, string to, string filter = "")
    {
        var query = $"/api/public-reports/{report}?{parameter}From={from}&{parameter}To={to}{filter}&size={RowsPerPage}";
        return Page(query, $"{report.Replace('/', '_')}_{from.Replace(":", "", StringComparison.Ordinal)}", 1);
    }

    /// <summary>The request for all rows of an operating day.</summary>
    public static IReadOnlyList<FeedRequest> Day(
        string report, OperatingDay day, string parameter = "deliveryDate", string filter = "") =>
        [Report(report, parameter, day.ToString(), day.ToString(), filter)];

    /// <summary>The request for all dispatch runs of an operating day.</summary>
    public static FeedRequest Dispatch(string report, OperatingDay day) =>
        Report(report, "SCEDTimestamp", $"{day}T00:00:00", $"{day}T23:59:59");

    /// <summary>One request for each hour of the clock that has begun: a report with more rows than one answer's pages hold. The
    /// hour that repeats in autumn comes in one answer, the one that spring skips is not asked for.</summary>
    public static IReadOnlyList<FeedRequest> DispatchHours(string report, OperatingDay day, Instant now)
    {
        var requests = new List<FeedRequest>();
        var clock = TransitionTable.For(day.Zone);
        for (var hour = 0; hour < 24; hour++)
        {
            var match = clock.Match(LocalSeconds.Of(day.Date) + (hour * LocalSeconds.PerHour));
            if (match.Count > 0 && (requests.Count == 0 || Instant.FromUnixTimeSeconds(match.First) <= now))
            {
                requests.Add(Report(report, "SCEDTimestamp", $"{day}T{hour:00}:00:00", $"{day}T{hour:00}:59:59"));
            }
        }

        return requests;
    }

    /// <summary>The request for the archive's listing of a report's documents that were posted so many days after a day.</summary>
    public static FeedRequest Archive(string emil, OperatingDay day, int postedAfterDays)
    {
        var posted = day.Date.PlusDays(postedAfterDays);
        var path = $"{ArchivePath}{emil}?postDatetimeFrom={posted:uuuu-MM-dd}T00:00:00"
            + $"&postDatetimeTo={posted.PlusDays(1):uuuu-MM-dd}T00:00:00&size=1000&page=1";
        return WithKeys(path, $"{emil}_archive_list_{day}.json");
    }

    /// <summary>From a listing of the archive, the request for the document that was posted last; null for other answers.</summary>
    public static FeedRequest? NewestOf(FeedRequest request, FeedFile answer)
    {
        var query = request.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        if (query < 0 || request.PathAndQuery.AsSpan(query).StartsWith("?download="))
        {
            return null;
        }

        var body = JsonBody.Read(answer, MaxAnswerBytes);
        var newest = body.Refusal is null
            ? ErcotDocumentList.TryRead(body.Bytes, answer.Name)?.Documents.MaxBy(document => document.Posted)
            : null;
        return newest is null
            ? null
            : WithKeys(
                $"{request.PathAndQuery[..query]}?download={newest.Id}",
                request.FileName.Replace("_list_", $"_doc_{newest.Id}_", StringComparison.Ordinal).Replace(
                    ".json", ".zip", StringComparison.Ordinal));
    }

    /// <summary>The page after the given one, as long as the answer counts more pages.</summary>
    public static FeedRequest? Next(FeedRequest request, FeedFile answer)
    {
        var at = request.PathAndQuery.LastIndexOf(PageParameter, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var next = int.Parse(request.PathAndQuery.AsSpan(at + PageParameter.Length), CultureInfo.InvariantCulture) + 1;
        using var body = JsonBody.Read(answer, MaxAnswerBytes);
        var pages = body.Refusal is null ? ErcotEnvelope.Read(body.Bytes.Span, answer.Name).TotalPages : 0;
        var stem = request.FileName[..request.FileName.LastIndexOf('_')];
        return next <= Math.Min(pages, MaxPages) ? Page(request.PathAndQuery[..at], stem, next) : null;
    }

    /// <summary>The request for a dashboard's file, the same for every day: only the answer can say that a day is no longer shown,
    /// so that its hole stays in the ledger.</summary>
    public static IReadOnlyList<FeedRequest> Dashboard(string name) =>
        [new FeedRequest(ErcotFeeds.Web.Name, $"/api/1/services/read/dashboards/{name}.json", $"{name}.json")];

    private static FeedRequest Page(string query, string stem, int page) =>
        WithKeys($"{query}{PageParameter}{page}", $"{stem}_{page}.json");

    private static FeedRequest WithKeys(string path, string file) =>
        new(ErcotFeeds.Api.Name, path, file)
        {
            Secrets =
            [
                new HeaderSecret("Authorization", "ercot-id-token", "Bearer "),
                new HeaderSecret("Ocp-Apim-Subscription-Key", "ercot-subscription-key"),
            ],
            Headers = file.EndsWith(".json", StringComparison.Ordinal) ? [new("Accept", "application/json")] : [],
        };
}

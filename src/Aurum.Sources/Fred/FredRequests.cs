using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Fred;

/// <summary>Requests to FRED's API, and the names of their answers: an answer with observations says neither its series nor its
/// frequency, so its name does.</summary>
internal static partial class FredRequests
{
    /// <summary>Rows that FRED puts into an answer at most.</summary>
    public const int RowsPerPage = 100_000;

    /// <summary>Pages that are followed at most.</summary>
    public const int MaxPages = 50;

    private const string OffsetParameter = "&offset=";

    /// <summary>All vintages, published up to the day, of the observations in the window before it. FRED cuts the first day of a
    /// vintage off at the beginning of the real-time period; observations that are not older than that are never cut.</summary>
    public static FeedRequest Observations(FredSeries series, OperatingDay day, Instant now)
    {
        var first = day.Date.PlusDays(-series.WindowDays);
        var last = LocalDate.Min(day.Date, OperatingDay.Of(now, day.Zone).Date);
        var query = $"/fred/series/observations?series_id={series.Id}&file_type=json"
            + $"&realtime_start={first:uuuu-MM-dd}&realtime_end={last:uuuu-MM-dd}"
            + $"&observation_start={first:uuuu-MM-dd}&observation_end={last:uuuu-MM-dd}&sort_order=asc&limit={RowsPerPage}";
        return Page(query, $"fred_observations_{series.Id}_{series.Frequency.ToCode()}_{last:uuuu-MM-dd}", 0);
    }

    /// <summary>Entries of a list that FRED puts into an answer at most.</summary>
    public const int EntriesPerPage = 1_000;

    /// <summary>A request for a list that comes in pages: releases, results of a search.</summary>
    public static FeedRequest List(string route, string parameters, string name) =>
        Page($"/fred/{route}?file_type=json{parameters}&limit={EntriesPerPage}", $"fred_{name}", 0);

    /// <summary>A request whose answer has no pages: a series.</summary>
    public static FeedRequest Single(string route, string parameters, string name) =>
        Ask($"/fred/{route}?file_type=json{parameters}", $"fred_{name}.json");

    /// <summary>The page after the given one, as long as the answer's count lies beyond it.</summary>
    public static FeedRequest? Next(FeedRequest request, FeedFile answer)
    {
        var at = request.PathAndQuery.LastIndexOf(OffsetParameter, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var page = FredPage.Of(answer);
        var next = page.Offset + page.Limit;
        var stem = request.FileName[..request.FileName.LastIndexOf('_')];
        return page.Limit > 0 && next < Math.Min(page.Count, MaxPages * (long)page.Limit)
            ? Page(request.PathAndQuery[..at], stem, next)
            : null;
    }

    /// <summary>Series and frequency that the name of a file with observations says; null where it does not.</summary>
    public static (string? Id, SeriesFrequency? Frequency) OfName(string name)
    {
        var match = ObservationsName().Match(name);
        return match.Success ? (match.Groups[1].Value, SeriesFrequencies.OfCode(match.Groups[2].Value)) : (null, null);
    }

    private static FeedRequest Page(string query, string stem, long offset) => Ask(
        string.Create(CultureInfo.InvariantCulture, $"{query}{OffsetParameter}{offset}"),
        string.Create(CultureInfo.InvariantCulture, $"{stem}_{offset}.json"));

    private static FeedRequest Ask(string query, string name) => new(FredFeeds.Api.Name, query, name)
    {
        QuerySecrets = [new QuerySecret("api_key", "fred-api-key")],
        Headers = [new("Accept", "application/json")],
    };

    [GeneratedRegex("observations[_-]([A-Z][A-Z0-9]{0,24})(?:_(D|W|BW|M|Q|SA|A))?[_.-]")]
    private static partial Regex ObservationsName();
}

/// <summary>Where an answer stands among its pages.</summary>
/// <param name="Count">Rows of all pages; 0 where the answer does not say.</param>
/// <param name="Offset">Rows before this page.</param>
/// <param name="Limit">Rows of a full page.</param>
internal readonly record struct FredPage(long Count, long Offset, long Limit)
{
    /// <exception cref="FeedFormatException">Not JSON.</exception>
    public static FredPage Of(FeedFile answer)
    {
        var page = default(FredPage);
        using var archive = new ArchiveReader(answer);
        if (archive.Next() is not { Kind: ContentKind.Json } entry)
        {
            return page;
        }

        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            json.ReadRequired();
            for (json.ReadRequired(); json.Token == JsonTokenType.PropertyName; json.ReadRequired())
            {
                page = page.With(ref json);
            }
        }
        finally
        {
            json.Dispose();
        }

        return page;
    }

    /// <summary>The page with what the current property says of it; passes over the value.</summary>
    public FredPage With(ref JsonStream json)
    {
        if (json.IsProperty("count"u8))
        {
            json.ReadRequired();
            return this with { Count = json.WholeNumber() };
        }

        if (json.IsProperty("offset"u8))
        {
            json.ReadRequired();
            return this with { Offset = json.WholeNumber() };
        }

        if (json.IsProperty("limit"u8))
        {
            json.ReadRequired();
            return this with { Limit = json.WholeNumber() };
        }

        json.Skip();
        return this;
    }

    /// <summary>Holds an answer to the rows that it announces: one with fewer was cut on its way.</summary>
    public void RequireWhole(FeedFile file, string array, long rows)
    {
        var announced = Math.Max(0, Math.Min(Limit, Count - Offset));
        if (file.IsAnswer && rows < announced)
        {
            throw new FeedFormatException(file.Name, array, $"{announced} rows as its count says", $"{rows}");
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Noaa;

/// <summary>Reads one row of an answer, on whose object the stream stands.</summary>
internal delegate void CdoRow(ref JsonStream json);

/// <summary>What stands around the rows of Climate Data Online v2: <c>metadata.resultset</c> with offset (from 1), count and limit,
/// and <c>results</c>.</summary>
/// <param name="Offset">Number of the first row, from 1.</param>
/// <param name="Count">Rows of all pages.</param>
/// <param name="Limit">Rows of a full page.</param>
internal readonly record struct CdoAnswer(long Offset, long Count, long Limit)
{
    /// <summary>Rows that CDO puts into an answer at most.</summary>
    public const int RowsPerPage = 1_000;

    /// <summary>Pages that are followed at most.</summary>
    public const int MaxPages = 200;

    private const string OffsetParameter = "&offset=";

    /// <param name="query">Path and query without offset.</param>
    /// <param name="stem">Beginning of the answer's name.</param>
    /// <param name="offset">From 1.</param>
    public static FeedRequest Page(string query, string stem, long offset) => Single(
        string.Create(CultureInfo.InvariantCulture, $"{query}{OffsetParameter}{offset}"),
        string.Create(CultureInfo.InvariantCulture, $"{stem}_{offset}.json"));

    /// <summary>A request whose answer has no pages: one station.</summary>
    public static FeedRequest Single(string query, string name) => new(NoaaFeeds.Cdo.Name, query, name)
    {
        Secrets = [new HeaderSecret("token", "noaa-cdo-token")],
    };

    /// <summary>Reads a list, or the bare object that is sent for one station.</summary>
    /// <returns>As <see cref="Read"/>.</returns>
    /// <exception cref="FeedFormatException">Not CDO's form, or an answer with fewer rows than it announces.</exception>
    public static ParseResult? ReadListOrOne(FeedFile file, CdoRow read)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is { Kind: ContentKind.Json } entry)
        {
            var json = new JsonStream(entry.Content, entry.Name);
            try
            {
                if (!IsList(ref json))
                {
                    return ReadOne(file, read);
                }
            }
            finally
            {
                json.Dispose();
            }
        }

        return Read(file, read, out _);
    }

    /// <summary>The page after the given one, as long as the answer's count lies beyond it.</summary>
    public static FeedRequest? Next(FeedRequest request, FeedFile answer)
    {
        var at = request.PathAndQuery.LastIndexOf(OffsetParameter, StringComparison.Ordinal);
        if (at < 0 || Read(answer, static (ref JsonStream json) => json.Skip(), out var around) is not null)
        {
            return null;
        }

        var next = around.Offset + around.Limit;
        var stem = request.FileName[..request.FileName.LastIndexOf('_')];
        return around.Limit > 0 && next <= Math.Min(around.Count, MaxPages * around.Limit)
            ? Page(request.PathAndQuery[..at], stem, next)
            : null;
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="file">The answer.</param>
    /// <param name="read">Takes each row.</param>
    /// <param name="answer">What stands around the rows.</param>
    /// <returns>Null where rows were read; else the refusal, or proven empty for an empty object or list.</returns>
    /// <exception cref="FeedFormatException">Not CDO's form, or an answer with fewer rows than it announces.</exception>
    public static ParseResult? Read(FeedFile file, CdoRow read, out CdoAnswer answer)
    {
        answer = default;
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "JSON", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            return ReadRoot(ref json, file, read, ref answer);
        }
        finally
        {
            json.Dispose();
        }
    }

    /// <summary>The outcome of an error's words; null where the body has none.</summary>
    public static ParseResult? Refusal(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("message", out var message)
                ? Refusal(document.RootElement.TryGetProperty("status", out var status) ? status.ToString() : "", message.ToString())
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or words that are no text.
            return null;
        }
    }

    private static ParseResult Refusal(string status, string message) =>
        status == "429" || message.Contains("request limit", StringComparison.OrdinalIgnoreCase)
            ? ParseResult.Throttled($"NOAA answers {status}: {message}")
            : ParseResult.Unavailable($"NOAA answers {status}: {message}");

    /// <summary>Whether a root is a list, a refusal or empty; one station has none of the fields of these.</summary>
    private static bool IsList(ref JsonStream json)
    {
        json.ReadRequired();
        json.Require(JsonTokenType.StartObject);
        var isEmpty = true;
        for (json.ReadRequired(); json.Token == JsonTokenType.PropertyName; json.ReadRequired(), isEmpty = false)
        {
            if (json.IsProperty("metadata"u8) || json.IsProperty("results"u8) || json.IsProperty("message"u8))
            {
                return true;
            }

            json.Skip();
        }

        return isEmpty;
    }

    private static ParseResult? ReadOne(FeedFile file, CdoRow read)
    {
        using var archive = new ArchiveReader(file);
        var entry = archive.Next()!;
        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            json.ReadRequired();
            read(ref json);
            return null;
        }
        finally
        {
            json.Dispose();
        }
    }

    private static ParseResult? ReadRoot(ref JsonStream json, FeedFile file, CdoRow read, ref CdoAnswer answer)
    {
        var (status, message) = ("", (string?)null);
        var rows = 0L;
        var isEmpty = true;
        json.ReadRequired();
        json.Require(JsonTokenType.StartObject);
        for (json.ReadRequired(); json.Token == JsonTokenType.PropertyName; json.ReadRequired())
        {
            isEmpty = false;
            if (json.IsProperty("metadata"u8))
            {
                ReadMetadata(ref json, ref answer);
            }
            else if (json.IsProperty("results"u8))
            {
                json.ReadRequired();
                json.Require(JsonTokenType.StartArray);
                for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired(), rows++)
                {
                    read(ref json);
                }
            }
            else if (json.IsProperty("status"u8))
            {
                json.ReadRequired();
                status = json.Text();
            }
            else if (json.IsProperty("message"u8))
            {
                json.ReadRequired();
                message = json.Text();
            }
            else
            {
                json.Skip();
            }
        }

        var announced = Math.Max(0, Math.Min(answer.Limit, answer.Count - answer.Offset + 1));
        return message is not null ? Refusal(status, message)
            : file.IsAnswer && rows < announced
                ? throw new FeedFormatException(file.Name, "results", $"{announced} rows as its count says", $"{rows}")
            : rows > 0 ? null
            : isEmpty || answer.Limit > 0 ? ParseResult.ProvenEmpty($"NOAA has nothing for this request (count {answer.Count})")
            : throw new FeedFormatException(file.Name, "", "an array results", "none");
    }

    private static void ReadMetadata(ref JsonStream json, ref CdoAnswer answer)
    {
        var depth = json.Depth;
        while (true)
        {
            json.ReadRequired();
            if (json.Token == JsonTokenType.EndObject && json.Depth <= depth)
            {
                return;
            }

            if (json.IsProperty("offset"u8))
            {
                json.ReadRequired();
                answer = answer with { Offset = json.WholeNumber() };
            }
            else if (json.IsProperty("count"u8))
            {
                json.ReadRequired();
                answer = answer with { Count = json.WholeNumber() };
            }
            else if (json.IsProperty("limit"u8))
            {
                json.ReadRequired();
                answer = answer with { Limit = json.WholeNumber() };
            }
        }
    }
}

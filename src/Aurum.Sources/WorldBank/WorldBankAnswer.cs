using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.WorldBank;

/// <summary>Reads one row of an answer, on whose object the stream stands.</summary>
internal delegate void WorldBankRow(ref JsonStream json);

/// <summary>What stands around the rows of a World Bank answer: an array of two, page and rows.</summary>
/// <remarks>
/// <para>Page, pages, per_page and total are numbers, texts or a mix. Rows are null where nothing fits.</para>
/// <para>An error has status 200: an array of one, with <c>message</c> of id, key and value.</para>
/// </remarks>
/// <param name="Page">From 1.</param>
/// <param name="Pages">How many there are.</param>
/// <param name="PerPage">Rows of a full page.</param>
/// <param name="Total">Rows of all pages.</param>
internal readonly record struct WorldBankAnswer(long Page, long Pages, long PerPage, long Total)
{
    /// <summary>Reads an answer.</summary>
    /// <param name="file">The answer.</param>
    /// <param name="read">Takes each row.</param>
    /// <param name="answer">What stands around the rows.</param>
    /// <returns>Null where the rows were read; else the refusal, or proven empty.</returns>
    /// <exception cref="FeedFormatException">Not the World Bank's form, or an answer with fewer rows than it announces.</exception>
    public static ParseResult? Read(FeedFile file, WorldBankRow read, out WorldBankAnswer answer)
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

    private static ParseResult? ReadRoot(ref JsonStream json, FeedFile file, WorldBankRow read, ref WorldBankAnswer answer)
    {
        json.ReadRequired();
        json.Require(JsonTokenType.StartArray);
        json.ReadRequired();
        json.Require(JsonTokenType.StartObject);
        for (json.ReadRequired(); json.Token == JsonTokenType.PropertyName; json.ReadRequired())
        {
            if (json.IsProperty("message"u8))
            {
                return Refusal(ref json, file.Name);
            }

            answer = answer.With(ref json);
        }

        json.ReadRequired();
        if (json.Token is JsonTokenType.Null or JsonTokenType.EndArray)
        {
            return ParseResult.ProvenEmpty($"the World Bank has nothing for this request (total {answer.Total})");
        }

        json.Require(JsonTokenType.StartArray);
        var rows = 0L;
        for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired(), rows++)
        {
            read(ref json);
        }

        json.ReadRequired();
        json.Require(JsonTokenType.EndArray);
        var announced = Math.Max(0, Math.Min(answer.PerPage, answer.Total - ((answer.Page - 1) * answer.PerPage)));
        return file.IsAnswer && rows < announced
            ? throw new FeedFormatException(file.Name, "[1]", $"{announced} rows as its total says", $"{rows}")
            : rows == 0 ? ParseResult.ProvenEmpty($"the World Bank has no row for this request (total {answer.Total})") : null;
    }

    private WorldBankAnswer With(ref JsonStream json)
    {
        if (json.IsProperty("page"u8))
        {
            json.ReadRequired();
            return this with { Page = json.WholeNumber() };
        }

        if (json.IsProperty("pages"u8))
        {
            json.ReadRequired();
            return this with { Pages = json.WholeNumber() };
        }

        if (json.IsProperty("per_page"u8))
        {
            json.ReadRequired();
            return this with { PerPage = json.WholeNumber() };
        }

        if (json.IsProperty("total"u8))
        {
            json.ReadRequired();
            return this with { Total = json.WholeNumber() };
        }

        json.Skip();
        return this;
    }

    /// <summary>All that the World Bank refuses is a mistake of the request, to be mended by a person.</summary>
    private static ParseResult Refusal(ref JsonStream json, string file)
    {
        var message = new JsonFields(file, "message", "id", "key", "value");
        var words = new List<string>();
        json.ReadRequired();
        json.Require(JsonTokenType.StartArray);
        for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
        {
            message.Read(ref json);
            words.Add($"{message.Text(0)} {message.Text(1)}: {message.Text(2)}");
        }

        return ParseResult.Unavailable($"the World Bank answers {string.Join("; ", words)}");
    }
}

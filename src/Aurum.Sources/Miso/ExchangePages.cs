using System.Globalization;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Miso;

/// <summary>Pages of the Data Exchange: rows under <c>data</c>, each with a <c>timeInterval</c>, and <c>page</c> with the number of the
/// page and whether it is the last one.</summary>
/// <remarks>No answer was recorded: the form is that of the interface's own description.</remarks>
internal static class ExchangePages
{
    public const int Interval = 0;

    private const string PageParameter = "pageNumber=";

    private static readonly string[] IntervalFields = ["start", "end", "resolution", "value"];

    /// <param name="market">day-ahead or real-time.</param>
    /// <param name="day">Operating day.</param>
    /// <param name="what">For example <c>lmp-expost</c>.</param>
    /// <param name="filter">Further parameters, each with an ampersand behind it.</param>
    public static FeedRequest First(string market, OperatingDay day, string what, string filter = "") =>
        Page($"/v1/{market}/{day.Date:uuuu-MM-dd}/{what}?{filter}", $"{market}_{what}_{day.Date:uuuuMMdd}", 1);

    /// <summary>The page after the given one; null after the last.</summary>
    public static FeedRequest? Next(FeedRequest request, FeedFile answer)
    {
        var at = request.PathAndQuery.LastIndexOf(PageParameter, StringComparison.Ordinal);
        var number = int.Parse(request.PathAndQuery.AsSpan(at + PageParameter.Length), CultureInfo.InvariantCulture);
        var isLast = true;
        var refusal = PublicAnswer.Read(answer, (ref JsonStream json) => isLast = ReadIsLast(ref json));
        var stem = request.FileName[..request.FileName.LastIndexOf('_')];
        return refusal is null && !isLast ? Page(request.PathAndQuery[..at], stem, number + 1) : null;
    }

    /// <summary>Reads the rows of a page.</summary>
    /// <param name="file">The answer.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="read">Reads one, on its opening brace.</param>
    /// <param name="fields">What it has; the first is timeInterval.</param>
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, ExchangeRow<TRow> read, params string[] fields)
        where TRow : struct =>
        PublicAnswer.Parse<TRow>(file, output, (ref JsonStream json, ShownRows<TRow> rows) =>
        {
            var known = new JsonFields("data", fields);
            var intervals = new JsonFields("data.timeInterval", IntervalFields);
            PublicAnswer.Find(ref json, "data"u8, (ref JsonStream list) => PublicAnswer.ReadList(
                ref list, (ref JsonStream row) => read(ref row, known, intervals, rows)));
            return [.. known.Notes(file.Name), .. intervals.Notes(file.Name)];
        });

    /// <summary>Reads a <c>timeInterval</c>: start and end on Eastern Standard Time.</summary>
    /// <exception cref="FeedFormatException">Not of the given length.</exception>
    public static DeliveryInterval ReadInterval(ref JsonStream json, JsonFields fields, int minutes)
    {
        long start = 0, end = 0;
        json.Require(JsonTokenType.StartObject);
        fields.Begin();
        for (var field = fields.Next(ref json); field >= 0; field = fields.Next(ref json))
        {
            if (field < 2 && !Stamps.TryParseLocal(json.Utf8(), out field == 0 ? ref start : ref end))
            {
                throw fields.Unexpected(ref json, field, "a time like 2026-10-02 16:00:00.000");
            }
        }

        fields.Require(json.File, 0, 1);
        return end - start == minutes * 60
            ? EasternStandard.Starting(start, minutes)
            : throw new FeedFormatException(
                json.File, "data.timeInterval", $"{minutes} minutes from start to end",
                $"{LocalSeconds.ToLocalDateTime(start):uuuu-MM-dd HH:mm} to {LocalSeconds.ToLocalDateTime(end):uuuu-MM-dd HH:mm}");
    }

    private static bool ReadIsLast(ref JsonStream json)
    {
        var isLast = true;
        PublicAnswer.Find(ref json, "page"u8, (ref JsonStream page) => PublicAnswer.Find(
            ref page, "lastPage"u8, (ref JsonStream last) =>
            {
                last.ReadRequired();
                isLast = last.Flag();
            }));
        return isLast;
    }

    private static FeedRequest Page(string query, string stem, int number) =>
        new(MisoFeeds.Exchange.Name, $"{query}{PageParameter}{number}", $"{stem}_{number}.json")
        {
            Secrets = [new HeaderSecret("Ocp-Apim-Subscription-Key", "miso-subscription-key")],
            Headers = [new("Accept", "application/json")],
        };
}

/// <summary>Reads one row of a page.</summary>
internal delegate void ExchangeRow<TRow>(ref JsonStream json, JsonFields fields, JsonFields intervals, ShownRows<TRow> rows)
    where TRow : struct;

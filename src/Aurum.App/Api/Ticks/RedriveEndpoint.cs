using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Letters;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Aurum.App.Api.Ticks;

/// <summary><c>POST /v1/ticks/dead-letters/redrive</c>: sends dead letters through the pipeline again. For clients on this
/// machine.</summary>
internal static class RedriveEndpoint
{
    private const int MaxLetters = 10_000;
    private const string Example = """{"ids": ["12.0"]} or {"reason": "MarketMismatch"}""";

    private static readonly JsonSerializerOptions Forms = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static void Map(IEndpointRouteBuilder v1) => v1.MapPost("/ticks/dead-letters/redrive", Post).WithTags(TickParameters.Tag)
        .Accepts<RedriveBody>("application/json")
        .Describe("RedriveDeadLetters", "Send dead letters again",
            "Sends messages that are no ticks through the pipeline again, as they came or, of one, with a mended body; they keep their "
            + "time. Each is sent again once, whatever fails meanwhile; one that fails again is another dead letter. Where workers fill "
            + "the store from Kafka they are published there, and 409 says what to set if this server does not know of Kafka. With ids or "
            + $"a filter (tenant, reason, stream, since), {MaxLetters} at most. Answers clients on this machine only.", [])
        .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status409Conflict, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
        .WithMetadata(new BodyExample("application/json", """{"ids": ["12.0"]}"""))
        .DisableRequestTimeout();

    private static async Task<Results<Answer<IReadOnlyList<RedrivenShape>>, Problem>> Post(
        HttpContext context, ApiServices services)
    {
        NearClients.Require(context);
        NearClients.RequireJson(context, Example);
        var started = services.Time.GetTimestamp();
        var body = await ReadAsync(context);
        var redrive = RedriveOf(services);
        var letters = body.Ids is { Count: > 0 } ids
            ? await NamedAsync(redrive, ids, context.RequestAborted)
            : await redrive.FindAsync(body.ToQuery(), context.RequestAborted);
        var done = body.Body is { } mended
            ? [await redrive.SendAsync(Only(letters), body.OptionsFor(letters[0]), BytesOf(mended), context.RequestAborted)]
            : await redrive.SendAsync(letters, context.RequestAborted);
        return new Answer<IReadOnlyList<RedrivenShape>>(
            [.. done.Select(RedrivenShape.Of)], done.Count, services.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static ILetterRedrive RedriveOf(ApiServices services) => TickParameters.Own(services) is { } own
        ? new LetterRedrive(own, services.Store.Ticks)
        : new PublishedRedrive(TickParameters.Publisher(services), services.Store, services.Time);

    private static async Task<IReadOnlyList<TickLetter>> NamedAsync(
        ILetterRedrive redrive, IReadOnlyList<string> ids, CancellationToken cancel)
    {
        if (ids.Count > MaxLetters)
        {
            throw new RequestFormatException("ids", $"at most {MaxLetters}", $"{ids.Count}");
        }

        var tokens = ids.Select(id => TickToken.TryParse(id, out var token)
            ? token
            : throw new RequestFormatException("ids", "ids of dead letters, like 12.0", $"'{id}'")).Distinct().ToList();
        var letters = await redrive.FindAsync(tokens, cancel);
        return
        [
            .. letters.Select((letter, i) => letter ?? throw new RequestFormatException(
                "ids", "ids that /v1/ticks/dead-letters lists", $"'{tokens[i]}'", StatusCodes.Status404NotFound)),
        ];
    }

    /// <summary>The bytes of a mended message. A letter that nothing stands in for would be gone.</summary>
    private static byte[] BytesOf(string mended) => string.IsNullOrWhiteSpace(mended)
        ? throw new RequestFormatException("body", "a message", "none")
        : Encoding.UTF8.GetBytes(mended);

    private static TickLetter Only(IReadOnlyList<TickLetter> letters) => letters.Count == 1
        ? letters[0]
        : throw new RequestFormatException("body", "one id in ids beside it", $"{letters.Count} dead letters");

    private static async Task<RedriveBody> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<RedriveBody>(context.Request.Body, Forms, context.RequestAborted)
                ?? throw new RequestFormatException("body", $"JSON like {Example}", "null");
        }
        catch (JsonException mistake)
        {
            throw new RequestFormatException("body", $"JSON like {Example}", mistake.Message);
        }
    }

    /// <summary>Which dead letters are sent again.</summary>
    /// <param name="Ids">Their ids; or all that were not sent again, of:</param>
    /// <param name="Tenant">a tenant,</param>
    /// <param name="Reason">a reason,</param>
    /// <param name="Stream">a stream,</param>
    /// <param name="Since">and received then or later.</param>
    /// <param name="Limit">Letters at most.</param>
    /// <param name="Body">The mended message, in place of the one letter's.</param>
    /// <param name="Format">How it is written: json, or csv with its header.</param>
    /// <param name="Market">Market of a row without a market column.</param>
    internal sealed record RedriveBody(
        IReadOnlyList<string>? Ids = null, string? Tenant = null, string? Reason = null, string? Stream = null, string? Since = null,
        int Limit = 1000, string? Body = null, string? Format = null, string? Market = null)
    {
        public TickLetterQuery ToQuery() =>
            Tenant is null && Reason is null && Stream is null && Since is null
                ? throw new RequestFormatException("ids", "ids, or a filter: tenant, reason, stream or since", "neither")
                : new TickLetterQuery
                {
                    Tenant = Tenant,
                    Reason = Reason is null ? null
                        : Enum.TryParse<DeadLetterReason>(Reason, out var reason) && Enum.IsDefined(reason) ? reason
                        : throw new RequestFormatException(
                            "reason", $"one of {string.Join(", ", Enum.GetNames<DeadLetterReason>())}", $"'{Reason}'"),
                    Stream = Stream,
                    Since = Since is null ? null : Time(Since),
                    Limit = Limit is > 0 and <= MaxLetters
                        ? Limit
                        : throw new RequestFormatException("limit", $"a whole number from 1 to {MaxLetters}", $"'{Limit}'"),
                };

        public TickStreamOptions OptionsFor(TickLetter letter) => new(Format switch
        {
            null or "json" => TickFormat.JsonLines,
            "csv" => TickFormat.Csv,
            _ => throw new RequestFormatException("format", "json or csv", $"'{Format}'"),
        })
        {
            Tenant = letter.Tenant,
            Market = Market ?? "",
        };

        private static Instant Time(string text) => TimeText.TryParse(text, out var instant, out var date)
            ? date is { } day ? day.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() : instant
            : throw new RequestFormatException("since", TimeText.Forms, $"'{text}'");
    }
}

/// <summary>What became of a dead letter that was sent again.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Outcome">accepted, duplicate, late-amended, dead-lettered (it failed again), published (Kafka has it, and workers tell
/// what becomes of it), redriven-before, or needs-body (what was kept of it cannot be read: too long, a broken record, a header that is
/// none).</param>
/// <param name="Frame">The frame that has what came of it; null where it was not sent, or to Kafka.</param>
/// <param name="IsRepeat">Whether another request sent it at the same time.</param>
/// <param name="DeadLetter">What is wrong with it now; null where nothing is.</param>
internal sealed record RedrivenShape(string Id, string Outcome, long? Frame, bool IsRepeat, DeadLetterShape? DeadLetter)
{
    public static RedrivenShape Of(RedrivenLetter letter) => new(
        letter.Letter.Id.ToString(), letter.Outcome, letter.Receipt is { Published: 0, Frame: var frame } ? frame : null,
        letter.Receipt?.IsRepeat ?? false,
        letter.Receipt?.FirstLetters is [var first, ..] ? DeadLetterShape.Of(first) : null);
}

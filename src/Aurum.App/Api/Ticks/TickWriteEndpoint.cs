using System.Buffers;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Ticks;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aurum.App.Api.Ticks;

/// <summary><c>POST /v1/ticks</c>: takes messages in and answers when they are on disk. For clients on this machine.</summary>
internal static class TickWriteEndpoint
{
    private const string KeyHeader = "Idempotency-Key";
    private const int MaxKeyLetters = 200;

    private const string Example = """
        {"event_id":"evt-90211","trace_id":"4bf92f35","producer":"caiso-connector@2.0.0","tenant_id":"acme","occurred_at":1772463900000000,
        "ingested_at":1772463901250000,"payload":{"source_system":"caiso-oasis","market":"CAISO","symbol":"TH_NP15_GEN-APND","sequence":88,
        "received_at":1772463901400000,"metadata":{"instrument_id":"CAISO.NP15.RT5","unit":"MWh"},
        "raw_payload":"{\"price\":27.115,\"volume\":12.5,\"currency\":\"USD\"}"}}
        """;

    private const string ExampleRows = """
        timestamp,ingested_at,tenant_id,source_id,market,symbol,price,volume
        2026-03-02T15:05:00Z,2026-03-02T15:05:01Z,acme,caiso-oasis,CAISO,TH_NP15_GEN-APND,27.115,12.5

        """;

    private static readonly string OneLine = Example.ReplaceLineEndings("");

    private static readonly SearchValues<char> KeyLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+=@~");

    private static readonly QueryParameter[] Parameters = [.. Defaults];

    /// <summary>What counts where messages do not say.</summary>
    public static IReadOnlyList<QueryParameter> Defaults =>
    [
        TickParameters.Tenant with { Description = "Tenant of messages that name none.", IsFilter = false },
        new("market", ParameterForm.Text, "Market of rows without a market column.") { Example = "CAISO", MaxLength = 128 },
        new("source", ParameterForm.Text, "Source of rows without a source column.")
        {
            Example = "caiso-oasis",
            Default = "http",
            MaxLength = 128,
        },
    ];

    public static void Map(IEndpointRouteBuilder v1, ApiOptions options) => v1.MapPost("/ticks", Post).WithTags(TickParameters.Tag)
        .Accepts<string>(TickContent.Lines, [.. TickContent.Others])
        .Describe("SendTicks", "Send messages",
            "Takes JSON lines, a JSON array, CSV or the binary form, packed with gzip or br or not, and answers when they are on disk: how "
            + "many were received, accepted, duplicates, late, and dead letters with the first of these. A long body is stored while it is "
            + "being sent. The header Idempotency-Key makes sending the same bytes again harmless, across restarts too; so do event ids. "
            + "503 with Retry-After says that the queue stayed full. Where workers fill the store from Kafka, messages are published there, and "
            + "409 says what to set if this server does not know of Kafka. Answers clients on this machine only.", Parameters)
        .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status409Conflict, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
        .WithMetadata(
            new BodyExample(TickContent.Lines, OneLine + "\n"),
            new BodyExample(TickContent.Document, $"[{Example}]"),
            new BodyExample(TickContent.Csv, ExampleRows),
            new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(options.TickBodyBytes))
        .DisableRequestTimeout();

    public static TickStreamOptions OptionsOf(QueryReader query, Aurum.Ticks.Normalize.TickFormat format) => new(format)
    {
        Tenant = TickParameters.TenantOf(query),
        Market = query.Text("market") ?? "",
        Source = query.Text("source") ?? "http",
    };

    private static async Task<Results<Answer<TickReceiptShape>, Problem>> Post(HttpContext context, ApiServices services, ApiOptions limits)
    {
        NearClients.Require(context);
        var query = new QueryReader(context.Request.Query, Parameters);
        var content = TickContent.Of(context.Request);
        var key = KeyOf(context.Request);
        var options = OptionsOf(query, content.Format);
        var own = TickParameters.Own(services);
        await using var body = TickContent.Unpacked(context.Request);
        using var pieces = new TickPieces(body, content, limits.TickBodyBytes, isPatient: key is not null);
        if (own is not null)
        {
            var intake = new BodyIntake(own, options, key, limits, services.Time);
            return await Take(context, services, intake.TakeAsync, pieces, () => intake.Total.Received, "stored");
        }

        var publication = new BodyPublication(TickParameters.Publisher(services), options, key);
        return await Take(context, services, publication.TakeAsync, pieces, () => publication.Published, "in Kafka");
    }

    private static async Task<Results<Answer<TickReceiptShape>, Problem>> Take(
        HttpContext context, ApiServices services, Func<TickPieces, CancellationToken, Task<TickReceipt>> take, TickPieces pieces,
        Func<long> taken, string where)
    {
        var started = services.Time.GetTimestamp();
        string Acknowledged() => $"{taken()} messages before that are {where}";
        try
        {
            var receipt = await take(pieces, context.RequestAborted);
            return new Answer<TickReceiptShape>(
                TickReceiptShape.Of(receipt), 1, services.Time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (Exception refused) when (refused is TicksBusyException or TickServiceException)
        {
            services.Metrics.Refused("ticks");
            context.Response.Headers.RetryAfter = refused is TicksBusyException ? "1" : "5";
            return new Problem(StatusCodes.Status503ServiceUnavailable, "busy", "The server is busy",
                $"{refused.Message}; {Acknowledged()}. Send the body again.");
        }
        catch (RequestFormatException mistake) when (taken() > 0)
        {
            return Problem.Of(mistake) with { Detail = $"{mistake.Message}; {Acknowledged()}." };
        }
    }

    private static string? KeyOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(KeyHeader, out var values))
        {
            return null;
        }

        var key = values.ToString();
        return key.Length is > 0 and <= MaxKeyLetters && !key.AsSpan().ContainsAnyExcept(KeyLetters)
            ? key
            : throw new RequestFormatException(
                "idempotency-key", $"1 to {MaxKeyLetters} of the letters A-Z a-z 0-9 - _ . : / + = @ ~", $"'{key}'");
    }
}

/// <summary>What became of the messages of a body. They are on disk, or in Kafka.</summary>
/// <param name="Frame">Number of the frame of the journal that the last of them is in; 0 where they were published.</param>
/// <param name="Received">Messages: the sum of the next four, or those that were published.</param>
/// <param name="Accepted">Ticks whose minute was open.</param>
/// <param name="Duplicate">Messages whose event id was taken in before.</param>
/// <param name="LateAmended">Ticks that revised closed bars.</param>
/// <param name="DeadLettered">Messages that are kept aside with a reason.</param>
/// <param name="Published">Messages that Kafka has acknowledged; workers tell what becomes of them. 0 where they were taken in
/// here.</param>
/// <param name="IsRepeat">Whether all of it was answered before under the same idempotency key.</param>
/// <param name="DeadLetters">The first of these; all are at /v1/ticks/dead-letters.</param>
internal sealed record TickReceiptShape(
    long Frame, long Received, long Accepted, long Duplicate, long LateAmended, long DeadLettered, long Published, bool IsRepeat,
    IReadOnlyList<DeadLetterShape> DeadLetters)
{
    public static TickReceiptShape Of(TickReceipt receipt) => new(
        receipt.Frame, receipt.Received, receipt.Accepted, receipt.Duplicate, receipt.LateAmended, receipt.DeadLettered, receipt.Published,
        receipt.IsRepeat, [.. receipt.FirstLetters.Select(DeadLetterShape.Of)]);
}

/// <summary>What is wrong with a message.</summary>
/// <param name="Position">First byte of the message in the body, unpacked.</param>
/// <param name="Length">Bytes of the message.</param>
/// <param name="Reason">What is wrong, in a word.</param>
/// <param name="Field">Path of the field; empty where it is the whole message.</param>
/// <param name="Expected">What should stand there.</param>
/// <param name="Found">What stands there.</param>
internal sealed record DeadLetterShape(long Position, int Length, DeadLetterReason Reason, string Field, string Expected, string Found)
{
    public static DeadLetterShape Of(DeadLetter letter) =>
        new(letter.Position, letter.Length, letter.Reason, letter.Field, letter.Expected, letter.Found);
}

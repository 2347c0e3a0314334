using System.Text.Unicode;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.App.Api.Ticks;

/// <summary><c>GET /v1/ticks/dead-letters</c>: messages that are no ticks, with their original bytes.</summary>
internal static class LetterEndpoint
{
    private static readonly QueryParameter[] Parameters =
    [
        TickParameters.Tenant with { Default = "all tenants" },
        QueryParameter.ChoiceOf("reason", "What is wrong with them.", Enum.GetNames<DeadLetterReason>()),
        QueryParameter.Filter("stream", "Stream that they came in.", "ticks.json"),
        new("since", ParameterForm.Time, "Received then or later: an instant, or a date in UTC.")
        {
            Example = "2026-03-02",
            IsFilter = true,
        },
        QueryParameter.Filter("id", "Only this one, by its id.", "12.0"),
        new("pending", ParameterForm.Boolean, "Only those that were not sent again.") { Default = "false", IsFilter = true },
        RowResource.Limit, RowResource.Cursor, ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/ticks/dead-letters", Get).WithTags(TickParameters.Tag)
        .Describe("DeadLetters", "Messages that are no ticks",
            "What is wrong with each, where it stood, its original bytes, and whether it was sent again. Oldest first.", Parameters);

    /// <summary>The filters of a request.</summary>
    public static TickLetterQuery QueryOf(QueryReader query) => new()
    {
        Tenant = query.Text("tenant"),
        Reason = query.Choice("reason") is { } reason ? Enum.Parse<DeadLetterReason>(reason) : null,
        Stream = query.Text("stream"),
        Since = query.Time("since", DateTimeZone.Utc),
        PendingOnly = query.Boolean("pending"),
    };

    private static async Task<Answer<IReadOnlyList<LetterShape>>> Get(
        HttpRequest request, RowServices services, CancellationToken cancel)
    {
        await TickParameters.Required(services.Api).SettleAsync(cancel);
        var list = ListRequest.Read("dead-letters", Parameters, request, services);
        if (list.Query.Text("id") is { } id)
        {
            return list.Page(OneOf(services.Api.Store.Ticks, id), LetterShape.Of, letter => [letter.Id.ToString()]);
        }

        var letters = services.Api.Store.Ticks.DeadLetters(QueryOf(list.Query) with
        {
            After = list.After is [var after] && TickToken.TryParse(after, out var token) ? token : null,
            Limit = list.Limit + 1,
        });
        return list.Page([.. letters], LetterShape.Of, letter => [letter.Id.ToString()]);
    }

    private static List<TickLetter> OneOf(TickTables tables, string id) => !TickToken.TryParse(id, out var token)
        ? throw new RequestFormatException("id", "the id of a dead letter, like 12.0", $"'{id}'")
        : tables.FindDeadLetter(token) is { } letter ? [letter] : [];
}

/// <summary>A message that is no tick.</summary>
/// <param name="Id">Its id: frame and index.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="Stream">Stream that it came in; empty where a request was one.</param>
/// <param name="Position">First byte of the message in its stream.</param>
/// <param name="Length">Bytes of the message.</param>
/// <param name="Reason">What is wrong, in a word.</param>
/// <param name="ErrorCode">VALIDATION_ERROR, CONTRACT_VIOLATION or SERIALIZATION_ERROR.</param>
/// <param name="Stage">NORMALIZATION or AGGREGATION.</param>
/// <param name="Field">Path of the field; empty where it is the whole message.</param>
/// <param name="Expected">What should stand there.</param>
/// <param name="Found">What stands there.</param>
/// <param name="ReceivedAt">When it was stored.</param>
/// <param name="RedrivenAt">When it was sent again; null where it was not.</param>
/// <param name="RedrivenFrame">The frame that has what came of that; null where there is none.</param>
/// <param name="Text">The message; null where it is no UTF-8.</param>
/// <param name="Base64">The message in base64 where it is no UTF-8, else null.</param>
internal sealed record LetterShape(
    string Id, string TenantId, string Stream, long Position, int Length, DeadLetterReason Reason, string ErrorCode, string Stage,
    string Field, string Expected, string Found, Instant ReceivedAt, Instant? RedrivenAt, long? RedrivenFrame, string? Text, string? Base64)
{
    public static LetterShape Of(TickLetter letter)
    {
        var isText = Utf8.IsValid(letter.Bytes);
        return new(
            letter.Id.ToString(), letter.Tenant, letter.Stream, letter.Letter.Position, letter.Letter.Length, letter.Letter.Reason,
            letter.Letter.ErrorCode, letter.Letter.Stage, letter.Letter.Field, letter.Letter.Expected, letter.Letter.Found,
            letter.ReceivedAt, letter.RedrivenAt, letter.RedrivenFrame == 0 ? null : letter.RedrivenFrame,
            isText ? System.Text.Encoding.UTF8.GetString(letter.Bytes) : null, isText ? null : Convert.ToBase64String(letter.Bytes));
    }
}

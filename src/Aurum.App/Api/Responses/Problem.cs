using System.Reflection;
using System.Text.Json;
using Aurum.App.Api.Requests;
using Aurum.Curves.Documents;
using Microsoft.AspNetCore.Http.Metadata;

namespace Aurum.App.Api.Responses;

/// <summary>A problem document (RFC 9457). Says which field, what was expected and what was found; never how the program got
/// there.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code; the document's type is <c>urn:aurum:problem:CODE</c>.</param>
/// <param name="Title">The kind of problem, the same for every occurrence.</param>
/// <param name="Detail">This occurrence, a sentence.</param>
public sealed record Problem(int Status, string Code, string Title, string Detail) : IResult, IStatusCodeHttpResult,
    IEndpointMetadataProvider
{
    public const string ContentType = "application/problem+json";

    public string? Field { get; init; }

    public string? Expected { get; init; }

    public string? Found { get; init; }

    /// <summary>Everything that is wrong with a document, an entry for each field; empty where one field says it.</summary>
    public IReadOnlyList<DocumentError> Errors { get; init; } = [];

    int? IStatusCodeHttpResult.StatusCode => Status;

    public static Problem Of(RequestFormatException mistake)
    {
        var (code, title) = mistake.Status switch
        {
            StatusCodes.Status403Forbidden => ("forbidden", "The request is not allowed"),
            StatusCodes.Status404NotFound => ("not-found", "There is no such thing"),
            StatusCodes.Status406NotAcceptable => ("not-acceptable", "The answer has no such form"),
            StatusCodes.Status409Conflict => ("conflict", "The state does not allow it"),
            StatusCodes.Status412PreconditionFailed => ("precondition-failed", "It is not as the client has seen it"),
            StatusCodes.Status413PayloadTooLarge => ("too-large", "Too much is asked for"),
            StatusCodes.Status503ServiceUnavailable => ("busy", "The server is busy"),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported-media-type", "The body's type is not taken"),
            StatusCodes.Status422UnprocessableEntity => ("unprocessable", "It cannot be done with what there is"),
            StatusCodes.Status429TooManyRequests => ("too-many", "Too much is asked for at once"),
            _ => ("bad-request", "The request cannot be answered"),
        };
        return new(mistake.Status, code, title, mistake.Message)
        {
            Field = mistake.Field,
            Expected = mistake.Expected,
            Found = mistake.Found,
        };
    }

    /// <summary>A document that cannot be used, with all that is wrong with it.</summary>
    public static Problem Of(DocumentException refused) => new(
        StatusCodes.Status422UnprocessableEntity, "invalid-document", "The document cannot be used",
        refused.Errors.Count == 1 ? refused.Errors[0].ToString() : $"{refused.Errors.Count} fields are wrong; errors lists them.")
    {
        Field = refused.Errors[0].Path,
        Expected = refused.Errors[0].Expected,
        Found = refused.Errors[0].Found,
        Errors = refused.Errors,
    };

    /// <summary>There is no such thing, for example no feed of that name.</summary>
    public static Problem NotFound(string field, string expected, string found) =>
        new(StatusCodes.Status404NotFound, "not-found", "There is no such thing",
            $"{field}: expected {expected}, found '{found}'")
        {
            Field = field,
            Expected = expected,
            Found = found,
        };

    /// <summary>What a bare status says, for answers that came without a body.</summary>
    public static Problem OfStatus(int status, HttpRequest request) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "no-such-path", "There is no such path",
            $"{request.Method} {request.Path} is not part of the API; /docs lists what is.")
            {
                Field = "path",
                Found = request.Path,
            },
        StatusCodes.Status405MethodNotAllowed => new(status, "method-not-allowed", "The path does not take this method",
            $"{request.Path} does not take {request.Method}.") { Field = "method", Found = request.Method },
        StatusCodes.Status415UnsupportedMediaType => new(status, "unsupported-media-type", "The body's type is not taken",
            $"{request.Path} does not take a body of type '{request.ContentType}'.")
            {
                Field = "content-type",
                Found = request.ContentType,
            },
        _ => new(status, "error", "The request failed", $"{request.Method} {request.Path} ended with status {status}."),
    };

    public static Problem Internal() => new(StatusCodes.Status500InternalServerError, "internal", "Aurum failed",
        "The fault is ours and was logged; tell us the request_id.");

    /// <summary>What failed may work when it is tried again.</summary>
    public static Problem DatabaseAway() => new(StatusCodes.Status503ServiceUnavailable, "database-away", "The database did not answer",
        "The database of the store was not reached or gave way; the same request may work in a few seconds.");

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status404NotFound, typeof(ProblemShape), [ContentType]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var body = new PooledBytes(1 << 10);
        using (var json = new Utf8JsonWriter(body))
        {
            Write(json, httpContext.TraceIdentifier);
        }

        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = body.Count;
        response.Headers.CacheControl = "no-store";
        // Not the request's token: a request that took too long is canceled already, and this is what it is told.
        await response.Body.WriteAsync(body.Written, CancellationToken.None);
    }

    private void Write(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("type", $"urn:aurum:problem:{Code}");
        json.WriteString("title", Title);
        json.WriteNumber("status", Status);
        json.WriteString("detail", Detail);
        WriteIf(json, "field", Field);
        WriteIf(json, "expected", Expected);
        WriteIf(json, "found", Found);
        WriteErrors(json);
        json.WriteString("request_id", requestId);
        json.WriteEndObject();
    }

    private void WriteErrors(Utf8JsonWriter json)
    {
        if (Errors.Count == 0)
        {
            return;
        }

        json.WriteStartArray("errors");
        foreach (var error in Errors)
        {
            json.WriteStartObject();
            json.WriteString("field", error.Path);
            json.WriteString("expected", error.Expected);
            json.WriteString("found", error.Found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIf(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}

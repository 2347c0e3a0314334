using System.Text.Json;
using Aurum.App.Output;
using NodaTime;

namespace Aurum.App.Api.Responses;

/// <summary>An answer with rows: its data is written already, its ETag, meta part and headers are made when it is sent.</summary>
internal sealed class Page : IResult, IStatusCodeHttpResult, IPaged
{
    /// <summary>For JSON: the text of the array. Disposed when sent.</summary>
    public required PooledBytes Data { get; init; }

    public ResponseFormat Format { get; init; }

    /// <summary>Rows in it.</summary>
    public required int Count { get; init; }

    /// <summary>The cursor of the following page; null where this is the last one.</summary>
    public string? NextCursor { get; init; }

    /// <summary>Whether rows were left out though there is no cursor: a query whose limit was reached.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The state of knowledge that the rows show; null where the resource has only one.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>Milliseconds that the query took.</summary>
    public required double QueryMilliseconds { get; init; }

    private bool HasMore => IsTruncated || NextCursor is not null;

    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    public Page ToPage(HttpContext context) => this;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (Data)
        {
            var (request, response) = (httpContext.Request, httpContext.Response);
            var tag = EntityTags.Of(Data.Written.Span, [(byte)Format, HasMore ? (byte)1 : (byte)0]);
            response.Headers.CacheControl = "no-cache";
            response.Headers.Vary = "Accept";
            EntityTags.SetOn(response, tag);
            SetLinks(request, response);
            if (EntityTags.IsKnown(request, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = Format.ContentType();
            await (Format == ResponseFormat.Json ? SendEnvelopeAsync(httpContext) : SendAsync(httpContext, Data));
        }
    }

    private static async Task SendAsync(HttpContext context, PooledBytes body)
    {
        context.Response.ContentLength = body.Count;
        await context.Response.Body.WriteAsync(body.Written, context.RequestAborted);
    }

    private async Task SendEnvelopeAsync(HttpContext context)
    {
        using var body = new PooledBytes(Data.Count + (8 << 10));
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WritePropertyName("meta");
            WriteMeta(json, context.TraceIdentifier);
            json.WritePropertyName("data");
            json.WriteRawValue(Data.Written.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        await SendAsync(context, body);
    }

    private void WriteMeta(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("request_id", requestId);
        json.WriteNumber("query_time_ms", Math.Round(QueryMilliseconds, 3));
        json.WriteNumber("count", Count);
        json.WriteBoolean("has_more", HasMore);
        json.WriteString("next_cursor", NextCursor);
        if (AsOf is { } asOf)
        {
            json.WriteString("as_of", UtcText.Of(asOf));
        }

        json.WriteEndObject();
    }

    private void SetLinks(HttpRequest request, HttpResponse response)
    {
        response.Headers["X-Has-More"] = HasMore ? "true" : "false";
        if (NextCursor is null)
        {
            return;
        }

        var query = QueryString.Create(request.Query.Where(q => q.Key != "cursor")).Add("cursor", NextCursor);
        response.Headers["X-Next-Cursor"] = NextCursor;
        response.Headers.Link = $"<{request.PathBase}{request.Path}{query}>; rel=\"next\"";
    }
}

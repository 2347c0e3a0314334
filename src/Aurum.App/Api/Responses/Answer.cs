using System.Reflection;
using System.Text.Json;
using Aurum.App.Output;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Aurum.App.Api.Responses;

/// <summary>An answer with one thing or a short list, in the envelope that all answers have.</summary>
/// <param name="Data">What is asked for.</param>
/// <param name="Count">Things in it.</param>
/// <param name="QueryMilliseconds">Milliseconds that it took.</param>
internal sealed record Answer<T>(T Data, int Count, double QueryMilliseconds) : IResult, IStatusCodeHttpResult,
    IEndpointMetadataProvider, IPaged
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    /// <summary>The cursor of the following page of a list; null where this is all.</summary>
    public string? NextCursor { get; init; }

    public ResponseFormat Format { get; init; }

    /// <summary>The state of knowledge that the list shows; null where it shows how things stand now.</summary>
    public NodaTime.Instant? AsOf { get; init; }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Envelope<T>), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext) => ToPage(httpContext).ExecuteAsync(httpContext);

    public Page ToPage(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var data = new PooledBytes();
        try
        {
            using (var json = new Utf8JsonWriter(data, CellText.JsonOptions))
            {
                JsonSerializer.Serialize(json, Data, options);
            }

            return new Page
            {
                Data = Format == ResponseFormat.Json ? data : Reformatted(data, options),
                Format = Format,
                Count = Count,
                QueryMilliseconds = QueryMilliseconds,
                NextCursor = NextCursor,
                AsOf = AsOf,
            };
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private PooledBytes Reformatted(PooledBytes json, JsonSerializerOptions options)
    {
        using (json)
        {
            var lines = new PooledBytes(json.Count + 256);
            if (Format == ResponseFormat.Csv)
            {
                // A list of records: the columns are the record's members, so that an empty list has its header too.
                JsonLines.WriteCsv(lines, json.Written.Span,
                    [.. options.GetTypeInfo(typeof(T).GetGenericArguments()[0]).Properties.Select(p => p.Name)]);
            }
            else
            {
                JsonLines.WriteNdjson(lines, json.Written.Span);
            }

            return lines;
        }
    }
}

/// <summary>The form of every answer under <c>/v1</c>.</summary>
internal sealed record Envelope<T>(Meta Meta, T Data);

/// <summary>What an answer says of itself.</summary>
/// <param name="RequestId">Also in the header X-Request-Id.</param>
/// <param name="QueryTimeMs">Milliseconds that the query took.</param>
/// <param name="Count">Rows in this answer.</param>
/// <param name="HasMore">Whether another page follows.</param>
/// <param name="NextCursor">Give it back as cursor= for the next page.</param>
/// <param name="AsOf">The state of knowledge that the rows show.</param>
internal sealed record Meta(string RequestId, double QueryTimeMs, int Count, bool HasMore, string? NextCursor, string? AsOf);

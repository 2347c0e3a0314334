using Aurum.App.Api.Requests;
using Microsoft.Net.Http.Headers;

namespace Aurum.App.Api.Responses;

/// <summary>Form of an answer with rows.</summary>
internal enum ResponseFormat
{
    Json,
    Csv,
    Ndjson,
}

internal static class ResponseFormats
{
    public static readonly QueryParameter Parameter =
        QueryParameter.ChoiceOf("format", "Form of the answer; the Accept header chooses where this is not given.", "json", "csv",
            "ndjson") with
        {
            IsFilter = false,
            Default = "json",
        };

    public static string ContentType(this ResponseFormat format) => format switch
    {
        ResponseFormat.Csv => "text/csv; charset=utf-8",
        ResponseFormat.Ndjson => "application/x-ndjson; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };

    /// <summary>By the parameter, else by the Accept header's best match, else JSON.</summary>
    /// <exception cref="RequestFormatException">406: the Accept header takes none of the forms.</exception>
    public static ResponseFormat Read(QueryReader query, HttpRequest request)
    {
        switch (query.Choice("format"))
        {
            case "json": return ResponseFormat.Json;
            case "csv": return ResponseFormat.Csv;
            case "ndjson": return ResponseFormat.Ndjson;
        }

        if (request.Headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return ResponseFormat.Json;
        }

        foreach (var type in accepted.Where(t => t.Quality is null or > 0).OrderByDescending(t => t.Quality ?? 1))
        {
            if (Matching(type) is { } format)
            {
                return format;
            }
        }

        throw new RequestFormatException("accept", "application/json, text/csv or application/x-ndjson",
            $"'{request.Headers.Accept}'", StatusCodes.Status406NotAcceptable);
    }

    private static ResponseFormat? Matching(MediaTypeHeaderValue type)
    {
        if (type.MatchesAllTypes || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase))
        {
            return ResponseFormat.Json;
        }

        return type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase) ? ResponseFormat.Csv
            : type.MediaType.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase) ? ResponseFormat.Ndjson
            : null;
    }
}

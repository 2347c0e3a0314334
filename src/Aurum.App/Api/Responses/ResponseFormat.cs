using Aurum.App.Api.Requests;
using Microsoft.Net.Http.Headers;

namespace Aurum.App.Api.Responses;

/// <summary>Form of an answer with rows.</summary>
internal enum ResponseFormat
{
    Json,
    Csv,
    Ndjson,

    /// <summary>A file; only of some resources.</summary>
    Parquet,
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

    /// <summary>The same, of resources that are served as Parquet files too.</summary>
    public static readonly QueryParameter WithParquet = Parameter with
    {
        Description = Parameter.Description + " parquet: a file with all rows up to 1,000,000, unless a limit is given.",
        Choices = [.. Parameter.Choices, "parquet"],
    };

    public const string ParquetType = "application/vnd.apache.parquet";

    public static string ContentType(this ResponseFormat format) => format switch
    {
        ResponseFormat.Csv => "text/csv; charset=utf-8",
        ResponseFormat.Ndjson => "application/x-ndjson; charset=utf-8",
        ResponseFormat.Parquet => ParquetType,
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
            case "parquet": return ResponseFormat.Parquet;
        }

        if (request.Headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return ResponseFormat.Json;
        }

        var hasParquet = query.Takes("format", "parquet");
        foreach (var type in accepted.Where(t => t.Quality is null or > 0).OrderByDescending(t => t.Quality ?? 1))
        {
            if (Matching(type, hasParquet) is { } format)
            {
                return format;
            }
        }

        var files = hasParquet ? $", {ParquetType}" : "";
        throw new RequestFormatException("accept", $"application/json, text/csv{files} or application/x-ndjson",
            $"'{request.Headers.Accept}'", StatusCodes.Status406NotAcceptable);
    }

    private static ResponseFormat? Matching(MediaTypeHeaderValue type, bool hasParquet)
    {
        if (type.MatchesAllTypes || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase))
        {
            return ResponseFormat.Json;
        }

        return type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase) ? ResponseFormat.Csv
            : type.MediaType.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase) ? ResponseFormat.Ndjson
            : hasParquet && type.MediaType.Equals(ParquetType, StringComparison.OrdinalIgnoreCase) ? ResponseFormat.Parquet
            : null;
    }
}

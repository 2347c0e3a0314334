using System.IO.Compression;
using Aurum.App.Api.Requests;
using Aurum.Ticks.Normalize;
using Microsoft.Net.Http.Headers;

namespace Aurum.App.Api.Ticks;

/// <summary>How a body of messages is written, by its <c>Content-Type</c>.</summary>
/// <param name="Format">What the pipeline reads.</param>
/// <param name="IsDocument">Whether it is JSON that need not have a message a line: an array, or objects over several lines.</param>
internal readonly record struct TickContent(TickFormat Format, bool IsDocument)
{
    public const string Lines = "application/x-ndjson";
    public const string Document = "application/json";
    public const string Csv = "text/csv";
    public const string Binary = "application/vnd.aurum.ticks";

    private const string OtherLines = "application/jsonl";
    private const string AnyBinary = "application/octet-stream";
    private const string Types = $"{Lines}, {Document}, {Csv} or {Binary}";

    /// <summary>All types but <see cref="Lines"/>.</summary>
    public static IReadOnlyList<string> Others { get; } = [Document, Csv, Binary, OtherLines, AnyBinary];

    /// <exception cref="RequestFormatException">415: another type, or none. None of the types is one that a web page elsewhere may
    /// send unasked.</exception>
    public static TickContent Of(HttpRequest request)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value : "";
        return type?.ToLowerInvariant() switch
        {
            Lines or OtherLines => new(TickFormat.JsonLines, IsDocument: false),
            Document => new(TickFormat.JsonLines, IsDocument: true),
            Csv => new(TickFormat.Csv, IsDocument: false),
            Binary or AnyBinary => new(TickFormat.Binary, IsDocument: false),
            _ => throw new RequestFormatException(
                "content-type", Types, $"'{request.ContentType}'", StatusCodes.Status415UnsupportedMediaType),
        };
    }

    /// <summary>The body without its <c>Content-Encoding</c>.</summary>
    /// <exception cref="RequestFormatException">415: an encoding that is not known.</exception>
    public static Stream Unpacked(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
    {
        "" or "identity" => request.Body,
        "gzip" or "x-gzip" => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        "br" => new BrotliStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
        var other => throw new RequestFormatException(
            "content-encoding", "gzip, br or none", $"'{other}'", StatusCodes.Status415UnsupportedMediaType),
    };
}

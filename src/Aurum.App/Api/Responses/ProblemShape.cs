using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Aurum.App.Api.Responses;

/// <summary>A problem document as the OpenAPI document describes it (RFC 9457 with our members).</summary>
internal sealed record ProblemShape(
    [property: JsonPropertyName("type"), Description("urn:aurum:problem: and a stable code.")] string Type,
    [property: JsonPropertyName("title"), Description("The kind of problem.")] string Title,
    [property: JsonPropertyName("status"), Description("HTTP status.")] int Status,
    [property: JsonPropertyName("detail"), Description("This occurrence, a sentence.")] string Detail,
    [property: JsonPropertyName("field"), Description("The parameter, header or body part that is wrong.")] string? Field,
    [property: JsonPropertyName("expected"), Description("What it must be.")] string? Expected,
    [property: JsonPropertyName("found"), Description("What it was.")] string? Found,
    [property: JsonPropertyName("request_id"), Description("Also in the header X-Request-Id.")] string RequestId,
    [property: JsonPropertyName("errors"), Description("All that is wrong with a document, an entry for each field.")]
    IReadOnlyList<FieldError>? Errors = null);

/// <summary>What is wrong with a field of a document.</summary>
internal sealed record FieldError(
    [property: JsonPropertyName("field"), Description("Path of the field: $.price.fixed.")] string Field,
    [property: JsonPropertyName("expected"), Description("What it must be.")] string Expected,
    [property: JsonPropertyName("found"), Description("What it was.")] string Found);

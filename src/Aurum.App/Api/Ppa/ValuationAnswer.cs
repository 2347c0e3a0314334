using System.Text.Json;
using Aurum.App.Ppa.Results;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Api.Ppa;

/// <summary>A whole valuation with what it hangs on.</summary>
/// <typeparam name="TResult">The result, or its stored text.</typeparam>
/// <param name="ValuationId">Its id; null where it is not stored.</param>
/// <param name="PpaContractId">The stored contract; null where its terms were given.</param>
/// <param name="ContractVersion">Its version.</param>
/// <param name="ComputedAt">When it was computed; null where it is not stored.</param>
/// <param name="VersionHash">SHA-256 of the result: the same for the same manifest.</param>
/// <param name="ManifestSha256">SHA-256 of the manifest.</param>
/// <param name="InputSha256">SHA-256 of what was asked for.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Manifest">Curves, histories, calendars, time zones, program, seed and inputs that it hangs on.</param>
internal sealed record ValuationAnswer<TResult>(
    string? ValuationId, string? PpaContractId, int? ContractVersion, Instant? ComputedAt, string VersionHash, string ManifestSha256,
    string InputSha256, TResult Result, JsonElement Manifest);

/// <summary>Answers with whole valuations.</summary>
internal static class ValuationAnswers
{
    public static ValuationAnswer<JsonElement> Of(ValuationRecord stored) => new(
        stored.Id, stored.ContractId, stored.ContractVersion, stored.ComputedAt, stored.VersionHash, stored.ManifestSha256,
        stored.InputSha256, Json(stored.Document), Json(stored.Manifest));

    public static ValuationAnswer<JsonElement> Of(ValuedContract valued) => new(
        null, null, null, null, valued.DocumentSha256, valued.Manifest.Sha256, valued.Manifest.InputSha256, Json(valued.Document),
        Json(valued.Manifest.ToJson()));

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Aurum.App.Api.Requests;
using Aurum.App.Output;
using Microsoft.Net.Http.Headers;

namespace Aurum.App.Api.Responses;

/// <summary>Strong entity tags: a hash of the content without its meta part, so that the same rows have the same tag whenever and
/// by whomever they are asked for. A compressed form has a tag of its own (RFC 9110, 8.8.3.3).</summary>
internal static class EntityTags
{
    private const int HashBytes = 16;

    public static string Of(ReadOnlySpan<byte> content, ReadOnlySpan<byte> extra)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(content);
        hash.AppendData(extra);
        return Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, HashBytes));
    }

    /// <summary>The tag that an answer with one thing, as JSON, has.</summary>
    public static string Of<T>(T thing, JsonSerializerOptions forms)
    {
        using var content = new PooledBytes();
        using (var json = new Utf8JsonWriter(content, CellText.JsonOptions))
        {
            JsonSerializer.Serialize(json, thing, forms);
        }

        return Of(content.Written.Span, [(byte)ResponseFormat.Json, 0]);
    }

    /// <summary>Whether the client has this content already, in whatever encoding.</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known) && known.Any(value => Names(value, tag));

    /// <summary>Lets a change through that names the content which it is of, or none at all.</summary>
    /// <param name="request">Its If-Match header says what the client has seen.</param>
    /// <param name="tag">What is there.</param>
    /// <returns>Whether the client named it.</returns>
    /// <exception cref="RequestFormatException">412: it has seen another content.</exception>
    public static bool RequireMatch(HttpRequest request, string tag)
    {
        var given = request.Headers.IfMatch;
        return given.Count > 0
            && (EntityTagHeaderValue.TryParseList(given, out var seen) && seen.Any(value => Names(value, tag))
                ? true
                : throw new RequestFormatException(
                    "If-Match", $"\"{tag}\", the ETag of what is there now", given.ToString(), StatusCodes.Status412PreconditionFailed));
    }

    private static bool Names(EntityTagHeaderValue value, string tag)
    {
        var text = value.Tag.AsSpan().Trim('"');
        return value.Tag == "*"
            || (text.StartsWith(tag, StringComparison.Ordinal) && (text.Length == tag.Length || text[tag.Length] == '.'));
    }

    /// <summary>Sets the header just before the answer starts, when it is known whether it is compressed.</summary>
    public static void SetOn(HttpResponse response, string tag) => response.OnStarting(() =>
    {
        var encoding = response.Headers.ContentEncoding.ToString();
        response.Headers.ETag = encoding.Length == 0 ? $"\"{tag}\"" : $"\"{tag}.{encoding}\"";
        return Task.CompletedTask;
    });
}

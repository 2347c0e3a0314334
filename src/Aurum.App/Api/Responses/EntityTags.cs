using System.Buffers.Text;
using System.Security.Cryptography;
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

    /// <summary>Whether the client has this content already, in whatever encoding.</summary>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known))
        {
            return false;
        }

        foreach (var value in known)
        {
            var text = value.Tag.AsSpan().Trim('"');
            if (value.Tag == "*"
                || (text.StartsWith(tag, StringComparison.Ordinal) && (text.Length == tag.Length || text[tag.Length] == '.')))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sets the header just before the answer starts, when it is known whether it is compressed.</summary>
    public static void SetOn(HttpResponse response, string tag) => response.OnStarting(() =>
    {
        var encoding = response.Headers.ContentEncoding.ToString();
        response.Headers.ETag = encoding.Length == 0 ? $"\"{tag}\"" : $"\"{tag}.{encoding}\"";
        return Task.CompletedTask;
    });
}

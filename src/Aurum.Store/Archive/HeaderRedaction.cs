namespace Aurum.Store.Archive;

/// <summary>Takes secrets out of headers by their names.</summary>
internal static class HeaderRedaction
{
    private const string Redacted = "***";

    private static readonly string[] SecretParts = ["authorization", "cookie", "key", "token", "secret", "password", "signature"];

    public static Fetch Redact(Fetch fetch) => fetch with
    {
        RequestHeaders = Redact(fetch.RequestHeaders),
        ResponseHeaders = Redact(fetch.ResponseHeaders),
    };

    private static KeyValuePair<string, string>[] Redact(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        [.. headers.Select(h => IsSecret(h.Key) ? new(h.Key, Redacted) : h)];

    private static bool IsSecret(string name) =>
        Array.Exists(SecretParts, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}

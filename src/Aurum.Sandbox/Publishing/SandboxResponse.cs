using System.Text;

namespace Aurum.Sandbox.Publishing;

/// <summary>An answer of a sandbox publisher: what goes over the wire, and how it goes.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Headers">Response headers, Content-Type included, Content-Length left to the host.</param>
/// <param name="Body">The bytes of the body.</param>
/// <param name="Delivery">How the bytes travel: at once, or with a fault.</param>
public sealed record SandboxResponse(
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body,
    Delivery Delivery)
{
    public static SandboxResponse Of(int status, string contentType, ReadOnlyMemory<byte> body) =>
        new(status, [new("Content-Type", contentType)], body, Delivery.AtOnce);

    public static SandboxResponse Text(int status, string contentType, string text) =>
        Of(status, contentType, Encoding.UTF8.GetBytes(text));

    public SandboxResponse With(string header, string value) =>
        this with { Headers = [.. Headers.Where(h => !IsNamed(h, header)), new(header, value)] };

    public string? Header(string name) =>
        Headers.Where(h => IsNamed(h, name)).Select(h => h.Value).FirstOrDefault();

    private static bool IsNamed(KeyValuePair<string, string> header, string name) =>
        string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase);
}

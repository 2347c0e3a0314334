namespace Aurum.Sandbox.Publishing;

/// <summary>One HTTP request as a sandbox publisher sees it.</summary>
/// <param name="Method">GET for everything that the publishers serve.</param>
/// <param name="PathAndQuery">Path and query as sent, starting with a slash.</param>
/// <param name="Headers">Request headers, names without regard to case.</param>
public sealed record SandboxRequest(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>();

    public static SandboxRequest Get(string pathAndQuery, IReadOnlyDictionary<string, string>? headers = null) =>
        new("GET", pathAndQuery, headers ?? NoHeaders);

    /// <summary>Path without the query, percent codes resolved.</summary>
    public string Path => Uri.UnescapeDataString(PathAndQuery.Split('?', 2)[0]);

    public string? Header(string name)
    {
        foreach (var (key, value) in Headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}

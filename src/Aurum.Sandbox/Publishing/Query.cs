namespace Aurum.Sandbox.Publishing;

/// <summary>The query of a request: names without regard to case, the first value of each, and lists where a name repeats.</summary>
public sealed class Query
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    private Query(string text)
    {
        foreach (var part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            _pairs.Add(new(Decode(pair[0]), pair.Length == 2 ? Decode(pair[1]) : ""));
        }
    }

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    public string? this[string name] => All(name).FirstOrDefault();

    public static Query Of(SandboxRequest request)
    {
        var at = request.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return new Query(at < 0 ? "" : request.PathAndQuery[(at + 1)..]);
    }

    public IEnumerable<string> All(string name) =>
        _pairs.Where(p => string.Equals(p.Key, name, StringComparison.OrdinalIgnoreCase)).Select(p => p.Value);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

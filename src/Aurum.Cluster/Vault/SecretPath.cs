namespace Aurum.Cluster.Vault;

/// <summary>Where a secret is in a KV engine of version 2: the engine's mount, and the path below it.</summary>
/// <param name="Mount">Mount without slashes at its ends: <c>secret</c>, <c>team/kv</c>.</param>
/// <param name="Path">Path below the mount: <c>aurum/eia</c>.</param>
public readonly record struct SecretPath(string Mount, string Path)
{
    private const int MaxLetters = 512;
    private const string Between = "/data/";

    /// <summary>The form that requests and mappings have: <c>secret/data/aurum/eia</c>.</summary>
    public override string ToString() => Mount + Between + Path;

    /// <summary>Path of a request of the API, such as <c>secret/metadata/aurum/eia</c>.</summary>
    /// <param name="part"><c>data</c> or <c>metadata</c>.</param>
    internal string Of(string part) =>
        $"{Escape(Mount)}/{part}/{Escape(Path)}";

    /// <summary>Reads <c>mount/data/path</c>; the first <c>/data/</c> divides.</summary>
    /// <exception cref="ArgumentException">The text is none; the message says what is expected and found.</exception>
    public static SecretPath Parse(string text)
    {
        var at = text.IndexOf(Between, StringComparison.Ordinal);
        if (at > 0 && IsClean(text[..at]) && IsClean(text[(at + Between.Length)..]))
        {
            return new SecretPath(text[..at], text[(at + Between.Length)..]);
        }

        throw new ArgumentException($"expected a path such as secret/data/aurum/eia, found '{text}'");
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Names between single slashes, none of them a step up, no letter that a log would stumble over.</summary>
    private static bool IsClean(string path) =>
        path.Length is > 0 and <= MaxLetters && !path.Any(char.IsControl)
        && path.Split('/').All(static part => part.Length > 0 && part is not ("." or ".."));
}

using System.Text.RegularExpressions;

namespace Aurum.Store.Lake;

/// <summary>The name of a table: <c>market.iso_lmp</c>.</summary>
/// <param name="Namespace">Folder of the lake.</param>
/// <param name="Table">Folder in it.</param>
public sealed partial record LakeName(string Namespace, string Table)
{
    /// <exception cref="LakeException">Not a name.</exception>
    public static LakeName Parse(string text) => Pattern().Match(text) is { Success: true } match
        ? new LakeName(match.Groups[1].Value, match.Groups[2].Value)
        : throw new LakeException($"expected a table such as market.iso_lmp, found {text}");

    /// <summary>Whether a text is the name of a table.</summary>
    public static bool Is(string text) => Pattern().IsMatch(text);

    public override string ToString() => $"{Namespace}.{Table}";

    [GeneratedRegex("^([a-z][a-z0-9_]{0,62})\\.([a-z][a-z0-9_]{0,62})$")]
    private static partial Regex Pattern();
}

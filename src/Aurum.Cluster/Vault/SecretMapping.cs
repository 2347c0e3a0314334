using System.Text.RegularExpressions;

namespace Aurum.Cluster.Vault;

/// <summary>Which field of which secret a variable is: <c>EIA_API_KEY=secret/data/aurum/eia:api_key</c>.</summary>
/// <param name="Variable">Name of an environment variable.</param>
/// <param name="Path">Where the secret is.</param>
/// <param name="Field">Its field.</param>
public sealed partial record SecretMapping(string Variable, SecretPath Path, string Field)
{
    private const int LettersShown = 40;

    /// <exception cref="ArgumentException">The text is no mapping; the message says what is expected and found.</exception>
    public static SecretMapping Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            throw new ArgumentException($"expected VARIABLE=secret/data/path:field, found '{Shown(text)}'");
        }

        return new SecretMapping(match.Groups["variable"].Value, SecretPath.Parse(match.Groups["path"].Value), match.Groups["field"].Value);
    }

    /// <summary>Mappings, each with the place it was found at. A variable may be named once.</summary>
    /// <exception cref="ArgumentException">One is wrong; the message begins with its place.</exception>
    public static IReadOnlyList<SecretMapping> ParseAll(IEnumerable<(string Place, string Text)> texts)
    {
        var all = new List<SecretMapping>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (place, text) in texts)
        {
            try
            {
                all.Add(Parse(text.Trim()));
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"{place}: {e.Message}");
            }

            if (!places.TryAdd(all[^1].Variable, place))
            {
                throw new ArgumentException(
                    $"{place}: expected each variable once, found {all[^1].Variable} again ({places[all[^1].Variable]})");
            }
        }

        return all;
    }

    /// <summary>Mappings of a file: one a line, blank lines and lines after # aside.</summary>
    /// <exception cref="ArgumentException">A line is none; the message names file and line.</exception>
    public static IReadOnlyList<SecretMapping> ReadFile(string file) => ParseAll(
        File.ReadLines(file).Select((text, i) => ($"{file}:{i + 1}", text.Trim()))
            .Where(static l => l.Item2.Length > 0 && l.Item2[0] != '#'));

    public override string ToString() => $"{Variable}={Path}:{Field}";

    /// <summary>What was found may be a secret that was put into the wrong place: the name in front is enough to find it.</summary>
    private static string Shown(string text) =>
        text.IndexOf('=') is var at and > 0 ? text[..at] + "=..."
        : text.Length > LettersShown ? text[..LettersShown] + "..."
        : text;

    [GeneratedRegex("^(?<variable>[A-Za-z_][A-Za-z0-9_]{0,127})=(?<path>[^:]+):(?<field>[^:\\s]{1,256})$")]
    private static partial Regex Form();
}

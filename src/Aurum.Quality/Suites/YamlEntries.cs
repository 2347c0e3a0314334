using Aurum.Market.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aurum.Quality.Suites;

/// <summary>Reads the entries of a mapping; every error says where it stands.</summary>
internal sealed class YamlEntries
{
    private readonly List<(string Key, SuitePlace KeyPlace, YamlNode Value)> _entries = [];
    private readonly string _file;

    public YamlEntries(YamlNode node, string file, string what)
    {
        _file = file;
        Place = PlaceOf(node);
        if (node is not YamlMappingNode mapping)
        {
            throw new SuiteFormatException(Place, what, Describe(node));
        }

        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                throw new SuiteFormatException(PlaceOf(key), "a name", Describe(key));
            }

            _entries.Add((name, PlaceOf(key), value));
        }
    }

    public SuitePlace Place { get; }

    public IEnumerable<(string Key, SuitePlace KeyPlace, YamlNode Value)> All => _entries;

    public YamlNode? Find(params ReadOnlySpan<string> names)
    {
        foreach (var (key, _, value) in _entries)
        {
            if (names.Contains(key))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Refuses names that are not among the given ones.</summary>
    public void AllowOnly(params string[] names)
    {
        foreach (var (key, place, _) in _entries)
        {
            if (!names.Contains(key, StringComparer.Ordinal))
            {
                throw new SuiteFormatException(place, string.Join(", ", names), $"'{key}'", NearestName.To(key, names));
            }
        }
    }

    public string Text(string name, string what) =>
        Find(name) is { } node ? Scalar(node, what) : throw new SuiteFormatException(Place, what, $"no '{name}'");

    public double Number(string name)
    {
        var text = Text(name, "a number");
        return Checks.Text.TryNumber(text, out var value) && double.IsFinite(value)
            ? value
            : throw new SuiteFormatException(PlaceOf(Find(name)!), "a number", $"'{text}'");
    }

    public string Scalar(YamlNode node, string what) => node is YamlScalarNode scalar && !IsNull(scalar)
        ? scalar.Value!
        : throw new SuiteFormatException(PlaceOf(node), what, Describe(node));

    public IReadOnlyList<YamlNode> List(YamlNode? node, string what) => node is YamlSequenceNode sequence
        ? [.. sequence.Children]
        : throw new SuiteFormatException(node is null ? Place : PlaceOf(node), what, node is null ? "nothing" : Describe(node));

    public SuitePlace PlaceOf(YamlNode node) => YamlDocument.PlaceOf(node.Start, _file);

    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };

    public static string Describe(YamlNode node) => node switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode => "a list",
        _ when IsNull(node) => "nothing",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        _ => "something else",
    };
}

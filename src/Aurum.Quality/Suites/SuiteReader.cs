using Aurum.Market.Text;
using Aurum.Quality.Checks;
using NodaTime.Text;
using YamlDotNet.RepresentationModel;

namespace Aurum.Quality.Suites;

/// <summary>Reads suites from YAML, and from the JSON of Great Expectations (which is YAML too).</summary>
public static class SuiteReader
{
    private const string Extends = "extends";

    private static readonly string[] SuiteNames = ["suite", "name", "expectation_suite_name"];

    // What tools add to a suite and what has no meaning here.
    private static readonly string[] Ignored =
        ["meta", "id", "notes", "data_asset_type", "ge_cloud_id", "evaluation_parameters", "suite_parameters"];

    /// <summary>Reads a suite, and those that come with the program that it extends.</summary>
    /// <exception cref="SuiteFormatException">Not a suite: says line and column, what was expected and what was
    /// found.</exception>
    public static Suite Read(string yaml, string fileName) => Read(yaml, fileName, Suite.TextOf, []);

    /// <param name="yaml">Text.</param>
    /// <param name="fileName">Its file.</param>
    /// <param name="textOf">The text of a suite that may be extended; null where none has that name.</param>
    /// <param name="extending">Suites that extend this one, the first first.</param>
    internal static Suite Read(string yaml, string fileName, Func<string, string?> textOf, IReadOnlyList<string> extending)
    {
        var root = new YamlEntries(YamlDocument.Read(yaml, fileName), fileName, "a suite");
        root.AllowOnly([.. SuiteNames, Extends, "limits", "expectations", .. Ignored]);
        var name = root.Find(SuiteNames) is { } node && !YamlEntries.IsNull(node)
            ? root.Scalar(node, "the name of the suite")
            : Path.GetFileNameWithoutExtension(fileName);
        var extended = root.Find(Extends) is { } basis ? ReadExtended(root, basis, textOf, [.. extending, name]) : null;
        var limits = root.Find("limits") is { } tables
            ? ReadLimits(new YamlEntries(tables, fileName, "tables of limits"), fileName)
            : [];
        limits.InsertRange(0, (extended?.Limits ?? []).Where(l => limits.TrueForAll(own => own.Name != l.Name)));
        var expectations = new List<Expectation>(extended?.Expectations ?? []);
        if (extended is null || root.Find("expectations") is not null)
        {
            foreach (var item in root.List(root.Find("expectations"), "a list of expectations"))
            {
                expectations.Add(ExpectationReader.Read(new YamlEntries(item, fileName, "an expectation"), fileName));
            }
        }

        if (expectations.Count == 0)
        {
            throw new SuiteFormatException(root.Place, "at least one expectation", "none");
        }

        return new Suite(name, expectations, limits);
    }

    private static Suite ReadExtended(YamlEntries root, YamlNode node, Func<string, string?> textOf, IReadOnlyList<string> extending)
    {
        var name = root.Scalar(node, "the name of a suite");
        if (extending.Contains(name))
        {
            throw new SuiteFormatException(
                root.PlaceOf(node), "a suite that does not extend this one", $"'{string.Join("' extends '", [.. extending, name])}'");
        }

        var text = textOf(name)
            ?? throw new SuiteFormatException(root.PlaceOf(node), "the name of a suite", $"'{name}'", NearestName.To(name, Suite.Names));
        return Read(text, name + Suite.Extension, textOf, extending);
    }

    private static List<LimitTable> ReadLimits(YamlEntries tables, string file)
    {
        var read = new List<LimitTable>();
        foreach (var (name, place, value) in tables.All)
        {
            var limits = tables.List(value, "a list of limits").Select(item => ReadLimit(new YamlEntries(item, file, "a limit")))
                .ToList();
            foreach (var market in limits.GroupBy(static l => (l.IsoCode, l.IsoMarket)))
            {
                if (market.Count(static l => l.From is null) != 1
                    || market.Select(static l => l.From).Distinct().Count() != market.Count())
                {
                    var (code, ofMarket) = market.Key;
                    throw new SuiteFormatException(
                        place, $"limits of {code} {ofMarket}: the first without 'from', each later one with its own", "others");
                }
            }

            read.Add(new LimitTable(name, limits, place));
        }

        return read;
    }

    private static MarketLimit ReadLimit(YamlEntries entries)
    {
        entries.AllowOnly("iso_code", "iso_market", "from", "floor", "cap");
        NodaTime.LocalDate? from = null;
        if (entries.Find("from") is { } node)
        {
            var text = entries.Scalar(node, "a day like 2022-01-01");
            from = LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var day)
                ? day
                : throw new SuiteFormatException(entries.PlaceOf(node), "a day like 2022-01-01", $"'{text}'");
        }

        var limit = new MarketLimit(
            entries.Text("iso_code", "an ISO code"), entries.Text("iso_market", "a market or *"), from, entries.Number("floor"),
            entries.Number("cap"));
        return limit.Floor < limit.Cap
            ? limit
            : throw new SuiteFormatException(
                entries.Place, "a floor below the cap", $"{Text.Of(limit.Floor)} and {Text.Of(limit.Cap)}");
    }

    internal static bool IsIgnored(string name) => Ignored.Contains(name);
}

using Aurum.Market.Feeds;
using Aurum.Quality.Checks;
using Aurum.Quality.Suites;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Aurum.Quality.Balances;

/// <summary>Reads lists of balances from YAML.</summary>
public static class BalanceList
{
    private const string File = "balances.yml";

    /// <summary>The balances that come with the program.</summary>
    public static IReadOnlyList<Balance> All { get; } = Load();

    /// <exception cref="SuiteFormatException">Not a list of balances: says line and column, what was expected and what was
    /// found.</exception>
    public static IReadOnlyList<Balance> Read(string yaml, string fileName)
    {
        var root = new YamlEntries(YamlDocument.Read(yaml, fileName), fileName, "a list of balances");
        root.AllowOnly("balances");
        var all = new List<Balance>();
        foreach (var item in root.List(root.Find("balances"), "a list of balances"))
        {
            var balance = ReadBalance(new YamlEntries(item, fileName, "a balance"), fileName);
            all.Add(all.TrueForAll(b => b.Id != balance.Id)
                ? balance
                : throw new SuiteFormatException(balance.Place, "a balance with a name of its own", $"'{balance.Id}' again"));
        }

        return all;
    }

    private static Balance ReadBalance(YamlEntries entries, string file)
    {
        entries.AllowOnly("balance", "title", "unit", "tolerance", "tolerance_share", "left", "right");
        var balance = new Balance(
            entries.Text("balance", "a name"),
            entries.Text("title", "a title"),
            entries.Text("unit", "a unit"),
            entries.Number("tolerance"),
            entries.Find("tolerance_share") is null ? 0 : entries.Number("tolerance_share"),
            ReadTerms(entries, "left", file),
            ReadTerms(entries, "right", file),
            entries.Place);
        if (balance.Tolerance < 0 || balance.ToleranceShare is < 0 or > 1)
        {
            throw new SuiteFormatException(
                entries.Place, "a tolerance of 0 or more and a tolerance_share from 0 to 1",
                $"{Text.Of(balance.Tolerance)} and {Text.Of(balance.ToleranceShare)}");
        }

        return balance.Terms.Select(static t => t.HasPlaces).Distinct().Count() == 1
            ? balance
            : throw new SuiteFormatException(entries.Place, "places in all terms or in none", "some with each or {place}, some without");
    }

    private static List<BalanceTerm> ReadTerms(YamlEntries entries, string side, string file)
    {
        var terms = entries.List(entries.Find(side), "a list of terms").Select(item => ReadTerm(item, file)).ToList();
        return terms.Count > 0
            ? terms
            : throw new SuiteFormatException(entries.PlaceOf(entries.Find(side)!), "at least one term", "none");
    }

    private static BalanceTerm ReadTerm(YamlNode node, string file)
    {
        var entries = new YamlEntries(node, file, "a term");
        entries.AllowOnly("feed", "sign", "series", "each", "when");
        string? Optional(string name) => entries.Find(name) is { } value ? entries.Scalar(value, name) : null;
        var sign = entries.Find("sign") is null ? 1 : entries.Number("sign");
        var when = entries.Find("when") is { } condition
            ? ConditionParser.Parse(entries.Scalar(condition, "a condition"), entries.PlaceOf(condition))
            : null;
        return sign is 1 or -1
            ? new BalanceTerm(
                new FeedId(entries.Text("feed", "a feed id")), sign, Optional("series"), Optional("each"), when, entries.Place)
            : throw new SuiteFormatException(entries.PlaceOf(entries.Find("sign")!), "1 or -1", Text.Of(sign));
    }

    private static IReadOnlyList<Balance> Load()
    {
        using var stream = typeof(BalanceList).Assembly.GetManifestResourceStream($"Aurum.Quality.Balances.{File}")
            ?? throw new InvalidDataException($"{File} is not in the program");
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd(), File);
    }
}

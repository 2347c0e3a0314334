using Aurum.App.Curves.Building;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Documents;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Scenarios.Reading;

/// <summary>Curves that a scenario means: those that fit its words and columns.</summary>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Name">What drivers call it; null: its own name.</param>
/// <param name="Choice">Which; its state of knowledge is set when it is read.</param>
internal sealed record CurvePick(string Path, string? Name, CurveChoice Choice)
{
    private const int MaxContents = 8;

    /// <summary>Fields that are columns of the quotes.</summary>
    private static readonly string[] Columns =
        ["asset_class", "iso", "region", "location", "market", "product", "block"];

    /// <param name="document">An object such as <c>{"words": "german power", "block": "BASE"}</c>.</param>
    /// <param name="isNamed">Whether it must have a name.</param>
    public static CurvePick Read(DocumentReader document, bool isNamed)
    {
        var filters = Columns.Where(c => document.OptionalText(c) is not null)
            .Select(c => new ColumnFilter(c, document.OptionalText(c)!)).ToList();
        if (document.OptionalText("units") is { } units)
        {
            filters.Add(new ColumnFilter("units_raw", units));
        }

        if (document.OptionalText("vendor") is { } vendor)
        {
            filters.Add(new ColumnFilter("feed", $"{vendor.ToLowerInvariant()}/eod-curves"));
        }

        var unit = document.OptionalText("unit") is { } text ? Parsed(document, "unit", PriceUnits.Parse(text)) : null;
        var currency = document.OptionalText("currency");
        if (unit is not null && currency is not null)
        {
            document.Refuse("currency", "unit or currency, not both");
        }

        var choice = new CurveChoice(default)
        {
            Key = document.OptionalText("curve_key"),
            Words = document.OptionalText("words")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Filters = filters,
            AsOf = document.OptionalDate("asof_date"),
            Unit = unit,
            Currency = unit is null ? currency : null,
            Contents = ContentsOf(document),
        };
        var name = isNamed ? document.Text("name") : document.OptionalText("name");
        if (choice.Key is null && choice.Words.Count == 0 && filters.Count == 0)
        {
            document.Refuse("words", $"curve_key, words, or one of {string.Join(", ", Columns)}, units, vendor", "nothing");
        }

        return new CurvePick(document.Path, name, choice);
    }

    /// <summary>Relations such as <c>24 MMBtu/tonne</c>.</summary>
    public static IReadOnlyList<ContentRatio> ContentsOf(DocumentReader document) =>
    [
        .. document.Texts("contents", 0, MaxContents)
            .Select(c => Parsed(document, "contents", ContentRatio.Parse(c, "as given"))).OfType<ContentRatio>(),
    ];

    /// <summary>The choice with what holds where it does not say it.</summary>
    public CurveChoice At(Instant knownAt, LocalDate? asOf) => Choice with { KnownAt = knownAt, AsOf = Choice.AsOf ?? asOf };

    private static T? Parsed<T>(DocumentReader document, string name, Aurum.Curves.Building.Built<T> built)
        where T : class
    {
        if (built.Refusal is { } refusal)
        {
            document.Refuse(name, refusal.Message.Split(", found ")[0].Replace("expected ", "", StringComparison.Ordinal));
        }

        return built.Value;
    }
}

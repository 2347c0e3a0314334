using System.Globalization;

namespace Aurum.Market.Series;

/// <summary>What a publisher's words for a unit mean.</summary>
/// <param name="Code">The unit under one name for all publishers: <c>USD/bbl</c>.</param>
/// <param name="Factor">A value of the publisher times this is a value in <paramref name="Code"/>.</param>
/// <remarks>The list is <c>units.csv</c>. Words that it does not have mean nothing: they are never guessed at.</remarks>
public readonly record struct SeriesUnit(string Code, double Factor)
{
    private static readonly Dictionary<string, SeriesUnit> Known = SeriesLists.Read("units.csv", "unit,code,factor")
        .ToDictionary(row => row[0], row => new SeriesUnit(row[1], double.Parse(row[2], CultureInfo.InvariantCulture)));

    /// <summary>The publishers' words that are known.</summary>
    public static IReadOnlyCollection<string> Words => Known.Keys;

    /// <summary>The unit of a publisher's words, as they are written; null for unknown ones.</summary>
    public static SeriesUnit? Find(string words) => Known.TryGetValue(words, out var unit) ? unit : null;
}

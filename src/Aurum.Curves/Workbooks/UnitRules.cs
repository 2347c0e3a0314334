using System.Globalization;
using Aurum.Market.Curves;

namespace Aurum.Curves.Workbooks;

/// <summary>A list of units that comes with the program: <c>Eugp/units.csv</c>.</summary>
internal static class UnitRules
{
    /// <summary>Reads an embedded list. Its lines hold texts without commas or quotes; the first names the columns.</summary>
    /// <exception cref="InvalidOperationException">The list is not as it must be; it names the line.</exception>
    public static IEnumerable<string[]> Read(string name, int columns)
    {
        var resource = $"Aurum.Curves.Workbooks.{name}";
        using var stream = typeof(UnitRules).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource}: expected an embedded list, found none");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            var fields = text.Split(';');
            yield return fields.Length == columns
                ? fields
                : throw new InvalidOperationException($"{resource}:{line}: expected {columns} fields, found {fields.Length}");
        }
    }

    /// <summary>A unit from its fields; null where the currency is left open.</summary>
    public static CurveUnit? UnitOf(string currency, string perUnit, string factor) => currency.Length == 0
        ? null
        : new CurveUnit(currency, perUnit, factor.Length == 0 ? 1 : double.Parse(factor, CultureInfo.InvariantCulture));
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aurum.Curves.Building.Units;

/// <summary>What a price is for: an amount of energy, volume or mass. The list is <c>quantities.csv</c>, with the source of
/// each number.</summary>
/// <param name="Name">As units are written: <c>MMBtu</c>.</param>
/// <param name="Kind">Quantities of one kind turn into each other by themselves: <c>energy</c>.</param>
/// <param name="Amount">How much of the kind's first unit (MWh, bbl, tonne) it is.</param>
/// <remarks>A bare <c>ton</c> is not in it: it means two things.</remarks>
public sealed record Quantity(string Name, string Kind, double Amount)
{
    private const string Resource = "Aurum.Curves.Building.Units.quantities.csv";
    private const int Fields = 5;

    private static readonly Dictionary<string, Quantity> ByName = ReadShipped();

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<Quantity> All { get; } = [.. ByName.Values.Distinct()];

    /// <summary>Finds a quantity by its name, whatever its case.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out Quantity? quantity) => ByName.TryGetValue(name.Trim(), out quantity);

    private static Dictionary<string, Quantity> ReadShipped()
    {
        using var stream = typeof(Quantity).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource}: expected an embedded list, found none");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var known = new Dictionary<string, Quantity>(StringComparer.OrdinalIgnoreCase);
        for (var number = 2; reader.ReadLine() is { } line; number++)
        {
            var fields = line.Split(';');
            if (fields.Length != Fields)
            {
                throw new InvalidOperationException($"{Resource}:{number}: expected {Fields} fields, found {fields.Length}");
            }

            var quantity = new Quantity(fields[0], fields[2], double.Parse(fields[3], CultureInfo.InvariantCulture));
            foreach (var name in fields[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Append(quantity.Name))
            {
                known[name] = quantity;
            }
        }

        return known;
    }
}

using System.Reflection;

namespace Aurum.Market.Series;

/// <summary>Reads the small lists that lie beside this file: a header, then a line a row, commas between; the last field takes the
/// rest of the line.</summary>
internal static class SeriesLists
{
    /// <summary>The rows of a list, each with as many fields as its header.</summary>
    /// <exception cref="InvalidDataException">No such list, another header, or a line with fewer fields.</exception>
    public static IReadOnlyList<string[]> Read(string name, string header)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Aurum.Market.Series.{name}")
            ?? throw new InvalidDataException($"{name} is not in the program");
        using var reader = new StreamReader(stream);
        var first = reader.ReadLine();
        if (first != header)
        {
            throw new InvalidDataException($"{name}:1: expected {header}, found {first}");
        }

        var fields = header.Split(',').Length;
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            var row = line.Split(',', fields);
            if (row.Length != fields || row.Any(string.IsNullOrWhiteSpace))
            {
                throw new InvalidDataException($"{name}:{rows.Count + 2}: expected {fields} fields, found '{line}'");
            }

            rows.Add(row);
        }

        return rows;
    }
}

using System.Globalization;
using System.Text;

namespace Aurum.Cluster.ClickHouse;

/// <summary>Values and names as ClickHouse's SQL has them. Old servers know no arguments of queries, so values are written into the text
/// here and nowhere else.</summary>
public static class ClickHouseSql
{
    /// <summary>A string between quotes; backslashes and quotes in it are escaped, so that nothing ends it early.</summary>
    /// <exception cref="ArgumentException">It holds a character 0.</exception>
    public static string Text(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (var c in value)
        {
            _ = c switch
            {
                '\0' => throw new ArgumentException("expected text without a character 0", nameof(value)),
                '\'' => text.Append("\\'"),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ => text.Append(c),
            };
        }

        return text.Append('\'').ToString();
    }

    /// <summary>A name between backticks.</summary>
    /// <exception cref="ArgumentException">Not letters, digits, underscores and dots.</exception>
    public static string Name(string name) =>
        name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
            ? $"`{name}`"
            : throw new ArgumentException($"expected letters, digits, underscores and dots, found '{name}'", nameof(name));

    /// <summary>A table with its database.</summary>
    public static string Table(string database, string table) => $"{Name(database)}.{Name(table)}";

    /// <summary>A whole number; written as Int64, as ClickHouse would take the smallest type otherwise.</summary>
    public static string Whole(long value) => string.Create(CultureInfo.InvariantCulture, $"toInt64({value})");

    /// <summary>Texts between parentheses, for IN.</summary>
    public static string Texts(IEnumerable<string> values) => $"({string.Join(", ", values.Select(Text))})";
}

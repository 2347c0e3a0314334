using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sources.Reading;

/// <summary>Cells of a provider's catalog from what its answers say.</summary>
internal static class ListingText
{
    /// <summary>A date like <c>2025-11-02</c>; null for empty text.</summary>
    /// <exception cref="FeedFormatException">Not a date.</exception>
    public static LocalDate? Date(JsonFields row, int slot)
    {
        var text = row.Text(slot);
        return text.Length == 0 ? null
            : LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value
            : throw row.Unexpected(slot, "a date like 2025-11-02");
    }

    public static Symbol? Of(LocalDate? date) => date is { } day ? new Symbol($"{day:uuuu-MM-dd}") : null;

    public static Symbol? Of(JsonFields row, int slot) => SeriesListing.Cell(row.Text(slot));

    /// <summary>Text that must be there and not be empty.</summary>
    /// <exception cref="FeedFormatException">It is not.</exception>
    public static string Required(JsonFields row, int slot)
    {
        row.Required(slot);
        return row.Text(slot).Trim() is { Length: > 0 } text ? text : throw row.Unexpected(slot, "text");
    }

    /// <summary>Names and values as one JSON object, empty values left out; null where all are empty.</summary>
    public static Symbol? Metadata(params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in pairs)
            {
                if (value.Length > 0)
                {
                    json.WriteString(name, value);
                }
            }

            json.WriteEndObject();
        }

        var text = Encoding.UTF8.GetString(buffer.ToArray());
        return text == "{}" ? null : new Symbol(text);
    }

    /// <summary>The words in the brackets that end a name: <c>current US$</c> of <c>GDP (current US$)</c>; empty where none do.</summary>
    public static string InBrackets(string name)
    {
        var text = name.TrimEnd();
        var open = text.EndsWith(')') ? text.LastIndexOf('(') : -1;
        return open < 0 ? "" : text[(open + 1)..^1];
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;

namespace Aurum.Benchmarks.Sources.Formats;

/// <summary>The same rows as the publisher's CSV: the sandbox answers as the API does, people download the other.</summary>
internal static class CsvExport
{
    /// <summary>Data Miner's export: the items' properties, stamps like <c>6/2/2025 4:00:00 AM</c>.</summary>
    public static FeedFile OfPjm(FeedFile answer)
    {
        using var document = Read(answer);
        var text = new StringBuilder();
        foreach (var item in document.RootElement.GetProperty("items").EnumerateArray())
        {
            if (text.Length == 0)
            {
                text.AppendJoin(',', item.EnumerateObject().Select(cell => cell.Name)).Append("\r\n");
            }

            text.AppendJoin(',', item.EnumerateObject().Select(cell => cell.Name.StartsWith("datetime_", StringComparison.Ordinal)
                ? Stamp(cell.Value.GetString()!)
                : Cell(cell.Value))).Append("\r\n");
        }

        return File(answer, text);
    }

    /// <summary>A document of ERCOT's market information system: names run together, Y and N.</summary>
    public static FeedFile OfErcot(FeedFile answer)
    {
        using var document = Read(answer);
        var fields = document.RootElement.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()!);
        var text = new StringBuilder();
        text.AppendJoin(',', fields.Select(name => char.ToUpperInvariant(name[0]) + name[1..])).Append("\r\n");
        foreach (var row in document.RootElement.GetProperty("data").EnumerateArray())
        {
            text.AppendJoin(',', row.EnumerateArray().Select(Cell)).Append("\r\n");
        }

        return File(answer, text);
    }

    private static JsonDocument Read(FeedFile file)
    {
        using var content = file.Open();
        return JsonDocument.Parse(content);
    }

    private static FeedFile File(FeedFile answer, StringBuilder text) =>
        FeedFile.FromBytes(Path.ChangeExtension(answer.Name, ".csv"), Encoding.UTF8.GetBytes(text.ToString()));

    private static string Stamp(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture).ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture);

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>Writes EIA's envelope: total and values as text, slashes escaped, the request echoed (its key too, where it came in
/// the query).</summary>
internal static class EiaDocument
{
    private static readonly RowForm Rows = new("{", "}", ",", ",\"value-note\":\"\"");

    /// <summary>Writes a page of an hourly route.</summary>
    public static void Write(
        Stream body, EiaBook book, IEnumerable<EiaSelected> page, EiaTotals totals, Query query, SandboxRequest request, Moment moment)
    {
        var names = new EiaRowNames(book, moment);
        Write(body, page, (writer, row) => WriteRow(writer, names, row), totals, book.Description, query, request, moment);
    }

    /// <summary>Writes a page of a daily or monthly route.</summary>
    public static void Write(
        Stream body, EiaTable table, IEnumerable<EiaRecord> page, EiaTotals totals, Query query, SandboxRequest request, Moment moment)
    {
        var value = table.Values[0].Value;
        var name = moment.Tampering.RenamesColumn ? "quantity" : value;
        if (name != value)
        {
            moment.Tampering.Note($"{value} is called {name}");
        }

        Write(body, page, (writer, row) => WriteRow(writer, value, name, row), totals, table.Description, query, request, moment);
    }

    private static void Write<TRow>(
        Stream body, IEnumerable<TRow> page, Action<RowWriter, TRow> writeRow, EiaTotals totals, string description,
        Query query, SandboxRequest request, Moment moment)
    {
        var writer = new RowWriter(body, Rows, moment.Tampering);
        writer.Text("{\"response\":{");
        if (totals.IsIncomplete)
        {
            writer.Text(
                "\"warnings\":[{\"warning\":\"incomplete return\",\"description\":\"The API can only return 5000 rows in JSON format.  "
                + "Please consider constraining your request with facet, start, or end, or using offset to paginate results.\"}],");
        }

        writer.Text($$"""
            "total":"{{totals.Rows}}","dateFormat":{{Quoted(totals.DateFormat)}},"frequency":"{{totals.Frequency}}","data":[
            """);
        foreach (var row in page)
        {
            writeRow(writer, row);
        }

        writer.Text("],\"description\":" + Quoted(description) + "},\"request\":");
        writer.Text(Echo(query, request));
        writer.Text(",\"apiVersion\":\"2.1.8\",\"ExcelAddInVersion\":\"2.1.0\"}");
        writer.Flush();
    }

    private static void WriteRow(RowWriter writer, EiaRowNames names, EiaSelected row)
    {
        writer.Begin(row.HourEnd - 3600);
        writer.Text(names.Period);
        Period(writer, row.HourEnd);
        writer.Text(names.First);
        writer.Text(row.Series.First.Code);
        writer.Text(names.FirstName);
        writer.Text(Bare(row.Series.First.Name));
        writer.Text(names.Second);
        writer.Text(row.Series.Second.Code);
        writer.Text(names.SecondName);
        writer.Text(Bare(row.Series.Second.Name));
        writer.Text(names.Value);
        if (row.Value is { } value)
        {
            writer.Byte((byte)'"');
            writer.Value();
            writer.Whole(value);
            writer.Byte((byte)'"');
        }
        else
        {
            writer.Text("null"u8);
        }

        writer.Text(",\"value-units\":\"megawatthours\""u8);
        writer.End();
    }

    private static void WriteRow(RowWriter writer, string value, string name, EiaRecord row)
    {
        writer.Begin(row.Interval.StartUnixSeconds);
        writer.Text("\"period\":" + Quoted(row.Period));
        foreach (var (key, text) in row.Fields)
        {
            writer.Text($",\"{(key == value ? name : key)}\":");
            if (key == value)
            {
                writer.Value();
            }

            writer.Text(text is null ? "null" : Quoted(text));
        }

        writer.End();
    }

    private static void Period(RowWriter writer, long hourEnd)
    {
        var at = Instant.FromUnixTimeSeconds(hourEnd).InUtc();
        writer.Digits(at.Year, 4);
        writer.Byte((byte)'-');
        writer.Digits(at.Month, 2);
        writer.Byte((byte)'-');
        writer.Digits(at.Day, 2);
        writer.Byte((byte)'T');
        writer.Digits(at.Hour, 2);
    }

    /// <summary>A JSON string as PHP writes it: slashes escaped.</summary>
    private static string Quoted(string text) => "\"" + Bare(text) + "\"";

    private static string Bare(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("/", "\\/", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>The request as EIA says it back: names with brackets become arrays and objects.</summary>
    private static string Echo(Query query, SandboxRequest request)
    {
        var root = new JsonObject();
        foreach (var (name, value) in query.Pairs)
        {
            Put(root, name.Replace("]", "", StringComparison.Ordinal).Split('['), value);
        }

        var text = new StringBuilder("{\"command\":").Append(Quoted(request.Path)).Append(",\"params\":");
        text.Append(Arrays(root)!.ToJsonString(
            new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .Replace("/", "\\/", StringComparison.Ordinal));
        return text.Append('}').ToString();
    }

    private static void Put(JsonObject parent, string[] path, string value)
    {
        for (var i = 0; i < path.Length - 1; i++)
        {
            if (parent[path[i]] is not JsonObject child)
            {
                parent[path[i]] = child = [];
            }

            parent = child;
        }

        var last = path[^1].Length == 0 ? $"{parent.Count}" : path[^1];
        parent[last] = value;
    }

    /// <summary>Objects whose names are 0, 1, 2, ... are arrays.</summary>
    private static JsonNode? Arrays(JsonNode? node)
    {
        if (node is not JsonObject parent)
        {
            return node?.DeepClone();
        }

        var pairs = parent.ToList();
        return pairs.Count > 0 && pairs.Select((p, i) => p.Key == $"{i}").All(isNumbered => isNumbered)
            ? new JsonArray([.. pairs.Select(p => Arrays(p.Value))])
            : new JsonObject(pairs.Select(p => KeyValuePair.Create(p.Key, Arrays(p.Value))));
    }
}

/// <summary>What an envelope says of its rows.</summary>
/// <param name="Rows">Rows that match, all pages together.</param>
/// <param name="IsIncomplete">Whether there are more than this page holds.</param>
/// <param name="Frequency">hourly, daily or monthly.</param>
/// <param name="DateFormat">Form of the periods.</param>
internal sealed record EiaTotals(int Rows, bool IsIncomplete, string Frequency, string DateFormat);

/// <summary>The keys of a route's rows with the quotes and commas around them.</summary>
internal sealed class EiaRowNames
{
    public EiaRowNames(EiaBook book, Moment moment)
    {
        var value = "value";
        if (moment.Tampering.RenamesColumn)
        {
            value = "quantity";
            moment.Tampering.Note("value is called quantity");
        }

        Period = "\"period\":\"";
        First = $"\",\"{book.Facets.First}\":\"";
        FirstName = $"\",\"{book.Facets.First}-name\":\"";
        Second = $"\",\"{book.Facets.Second}\":\"";
        SecondName = $"\",\"{book.SecondName}\":\"";
        Value = $"\",\"{value}\":";
    }

    public string Period { get; }

    public string First { get; }

    public string FirstName { get; }

    public string Second { get; }

    public string SecondName { get; }

    public string Value { get; }
}

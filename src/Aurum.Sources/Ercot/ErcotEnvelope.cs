using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ercot;

/// <summary>What stands around the rows of a public API answer: names of fields, number of pages, or why there is
/// nothing.</summary>
internal sealed class ErcotEnvelope
{
    private readonly List<string> _fields = [];

    private ErcotEnvelope()
    {
    }

    /// <summary>Names of the fields, in the order of the values in a row.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>Pages of the whole answer; 0 where it does not say, which means there is no more.</summary>
    public int TotalPages { get; private set; }

    /// <summary>Rows of the whole answer; null where it does not say.</summary>
    public long? TotalRecords { get; private set; }

    /// <summary>Where the array of rows begins in the text; -1 where there is none.</summary>
    public int DataOffset { get; private set; } = -1;

    /// <summary>Whether this is a report at all: it has _meta, report, fields or data.</summary>
    public bool IsReport { get; private set; }

    /// <summary>Status code that an error answer carries in its body; 0 where it carries none.</summary>
    public int ErrorStatus { get; private set; }

    /// <summary>The API's words where it refuses.</summary>
    public string? Error { get; private set; }

    /// <exception cref="FeedFormatException">Not well-formed JSON, or no JSON object.</exception>
    public static ErcotEnvelope Read(ReadOnlySpan<byte> json, string file)
    {
        var envelope = new ErcotEnvelope();
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new FeedFormatException(file, "1", "a JSON object", reader.TokenType.ToString());
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                envelope.ReadProperty(ref reader);
            }

            reader.Read();
        }
        catch (JsonException e)
        {
            throw JsonBody.NotWellFormed(file, e);
        }

        return envelope;
    }

    private void ReadProperty(ref Utf8JsonReader reader)
    {
        var name = reader.GetString();
        reader.Read();
        switch (name)
        {
            case "_meta" when reader.TokenType == JsonTokenType.StartObject:
                IsReport = true;
                ReadMeta(ref reader);
                break;
            case "fields" when reader.TokenType == JsonTokenType.StartArray:
                IsReport = true;
                ReadFields(ref reader);
                break;
            case "data" when reader.TokenType == JsonTokenType.StartArray:
                IsReport = true;
                DataOffset = (int)reader.TokenStartIndex;
                reader.Skip();
                break;
            case "report":
                IsReport = true;
                reader.Skip();
                break;
            case "statusCode" when reader.TokenType == JsonTokenType.Number:
                ErrorStatus = reader.TryGetInt32(out var status) ? status : 0;
                break;
            case "message" or "error":
                using (var words = JsonDocument.ParseValue(ref reader))
                {
                    Error = words.RootElement.ToString();
                }

                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadMeta(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
            {
                TotalPages = name == "totalPages" ? (int)Math.Min(number, int.MaxValue) : TotalPages;
                TotalRecords = name == "totalRecords" ? number : TotalRecords;
            }

            reader.Skip();
        }
    }

    private void ReadFields(ref Utf8JsonReader reader)
    {
        using var fields = JsonDocument.ParseValue(ref reader);
        foreach (var field in fields.RootElement.EnumerateArray())
        {
            var isObject = field.ValueKind == JsonValueKind.Object;
            _fields.Add(isObject && field.TryGetProperty("name", out var name) ? name.ToString() : field.ToString());
        }
    }
}

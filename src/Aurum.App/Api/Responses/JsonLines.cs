using System.Buffers;
using System.Text;
using System.Text.Json;
using Aurum.App.Output;

namespace Aurum.App.Api.Responses;

/// <summary>Writes a JSON array of flat objects as lines: one JSON object each, or CSV.</summary>
internal static class JsonLines
{
    public static void WriteNdjson(PooledBytes to, ReadOnlySpan<byte> array)
    {
        var reader = new Utf8JsonReader(array);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            to.Write(array[from..(int)reader.BytesConsumed]);
            to.Write("\n"u8);
        }
    }

    /// <summary>A header with the names, then a line for each object; objects and arrays inside become their JSON text.</summary>
    public static void WriteCsv(PooledBytes to, ReadOnlySpan<byte> array, IReadOnlyList<string> names)
    {
        to.Write(Encoding.UTF8.GetBytes(string.Join(',', names)));
        to.Write("\n"u8);
        var reader = new Utf8JsonReader(array);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            for (var i = 0; i < names.Count; i++)
            {
                reader.Read();
                reader.Read();
                to.Write(i == 0 ? ""u8 : ","u8);
                WriteField(to, array, ref reader);
            }

            reader.Read();
            to.Write("\n"u8);
        }
    }

    private static void WriteField(PooledBytes to, ReadOnlySpan<byte> array, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String:
                CellText.WriteCsvText(to, Encoding.UTF8.GetBytes(reader.GetString()!));
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                CellText.WriteCsvText(to, array[from..(int)reader.BytesConsumed]);
                break;
            default:
                to.Write(reader.ValueSpan);
                break;
        }
    }
}

using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Eia;

/// <summary>What stands around the rows of an EIA v2 answer.</summary>
/// <remarks>
/// <para>As sent: <c>response</c> with <c>data</c> and, in any order and partly left out, <c>total</c> (text in newer versions of
/// the API, a number in older ones), <c>frequency</c>, <c>warnings</c>; beside it the echo of the request. Fields nobody knows
/// are skipped.</para>
/// <para>Rows that somebody saved without the envelope are found too: a bare array, or arrays of rows under other names.</para>
/// </remarks>
internal sealed class EiaEnvelope
{
    private readonly List<(int Offset, string Path)> _rowArrays = [];
    private readonly List<string> _warnings = [];

    private long? _offset;
    private long _length = EiaRequests.RowsPerPage;

    private EiaEnvelope()
    {
    }

    /// <summary>Rows that match the request, all pages together; null where the answer does not say.</summary>
    public long? Total { get; private set; }

    /// <summary><c>hourly</c>, <c>daily</c>, <c>weekly</c>, <c>monthly</c>, ...; null where the answer does not say.</summary>
    public string? Frequency { get; private set; }

    /// <summary>What EIA warns of, for example an incomplete return.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Why EIA refuses, code first; null where it does not.</summary>
    public string? Error { get; private set; }

    public bool HasResponse { get; private set; }

    /// <summary>Rows that this page must have, by the total and the offset and length of the echoed request; null where the answer
    /// does not say.</summary>
    public long? Expected => Total is { } total && _offset is { } offset ? Math.Clamp(total - offset, 0, _length) : null;

    /// <summary>Where arrays of rows begin in the text, and what they are called.</summary>
    public IReadOnlyList<(int Offset, string Path)> RowArrays => _rowArrays;

    /// <exception cref="FeedFormatException">Not well-formed JSON.</exception>
    public static EiaEnvelope Read(ReadOnlySpan<byte> json, string file)
    {
        var envelope = new EiaEnvelope();
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                envelope.NoteArray(ref reader, "");
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                envelope.ReadRoot(ref reader);
            }

            reader.Read();
        }
        catch (JsonException e)
        {
            throw JsonBody.NotWellFormed(file, e);
        }

        return envelope;
    }

    private void ReadRoot(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "response" when reader.TokenType == JsonTokenType.StartObject:
                    HasResponse = true;
                    ReadResponse(ref reader);
                    break;
                case "error":
                    Error = ErrorText(ref reader);
                    break;
                case "request" when reader.TokenType == JsonTokenType.StartObject:
                    ReadRequest(ref reader);
                    break;
                case not "request" when reader.TokenType == JsonTokenType.StartArray:
                    NoteArray(ref reader, name);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    /// <summary>Of the echo, where the page begins and how long it may be.</summary>
    private void ReadRequest(ref Utf8JsonReader reader)
    {
        using var request = JsonDocument.ParseValue(ref reader);
        if (request.RootElement.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object)
        {
            _offset = Number(parameters, "offset");
            _length = Math.Min(Number(parameters, "length") ?? EiaRequests.RowsPerPage, EiaRequests.RowsPerPage);
        }
    }

    private static long? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && long.TryParse(value.ToString(), out var number) && number >= 0 ? number : null;

    private void ReadResponse(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "data" when reader.TokenType == JsonTokenType.StartArray:
                    _rowArrays.Add(((int)reader.TokenStartIndex, "response.data"));
                    reader.Skip();
                    break;
                case "total":
                    Total = reader.TokenType switch
                    {
                        JsonTokenType.Number when reader.TryGetInt64(out var number) => number,
                        JsonTokenType.String when long.TryParse(reader.GetString(), out var number) => number,
                        _ => null,
                    };
                    reader.Skip();
                    break;
                case "frequency" when reader.TokenType == JsonTokenType.String:
                    Frequency = reader.GetString();
                    break;
                case "warnings" when reader.TokenType == JsonTokenType.StartArray:
                    ReadWarnings(ref reader);
                    break;
                case "error":
                    Error = ErrorText(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void ReadWarnings(ref Utf8JsonReader reader)
    {
        using var warnings = JsonDocument.ParseValue(ref reader);
        foreach (var warning in warnings.RootElement.EnumerateArray())
        {
            _warnings.Add(Words(warning, "warning", "description"));
        }
    }

    private static string ErrorText(ref Utf8JsonReader reader)
    {
        using var error = JsonDocument.ParseValue(ref reader);
        return Words(error.RootElement, "code", "message");
    }

    /// <summary>Plain text as it is; of an object the two fields, or all of it where it has neither.</summary>
    private static string Words(JsonElement parent, string first, string second)
    {
        if (parent.ValueKind != JsonValueKind.Object)
        {
            return parent.ToString();
        }

        var parts = new List<string>();
        foreach (var name in (ReadOnlySpan<string>)[first, second])
        {
            if (parent.TryGetProperty(name, out var part))
            {
                parts.Add(part.ToString());
            }
        }

        return parts.Count > 0 ? string.Join(": ", parts) : parent.ToString();
    }

    private void NoteArray(ref Utf8JsonReader reader, string path)
    {
        _rowArrays.Add(((int)reader.TokenStartIndex, path));
        reader.Skip();
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Aurum.App.Api.Responses;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Ppa.Results;

/// <summary>Reads what <see cref="ValuedContract.Document"/> wrote.</summary>
internal static class ValuationShapes
{
    private static readonly JsonSerializerOptions Forms = NewForms();

    /// <summary>A list of a document.</summary>
    /// <typeparam name="TShape">Its records.</typeparam>
    public static IReadOnlyList<TShape> Read<TShape>(string document, string part)
    {
        using var whole = JsonDocument.Parse(document);
        return whole.RootElement.GetProperty(part).Deserialize<IReadOnlyList<TShape>>(Forms)!;
    }

    private static JsonSerializerOptions NewForms()
    {
        var options = new JsonSerializerOptions();
        options.Converters.Add(new DateText());
        JsonForms.Configure(options);
        return options;
    }

    private sealed class DateText : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LocalDatePattern.Iso.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }
}

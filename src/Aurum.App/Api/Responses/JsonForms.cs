using System.Text.Json;
using System.Text.Json.Serialization;
using Aurum.App.Output;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.App.Api.Responses;

/// <summary>How values look in JSON: names in snake case, instants with Z, unknown numbers null.</summary>
internal static class JsonForms
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = CellText.JsonOptions.Encoder;
        options.Converters.Add(new InstantForm());
        options.Converters.Add(new DateForm());
        options.Converters.Add(new NumberForm());
        options.Converters.Add(new FeedIdForm());
        options.Converters.Add(new JsonStringEnumConverter());
    }

    private sealed class InstantForm : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(UtcText.Of(value));
    }

    private sealed class DateForm : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue($"{value:uuuu-MM-dd}");
    }

    private sealed class FeedIdForm : JsonConverter<FeedId>
    {
        public override FeedId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, FeedId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Text);
    }

    private sealed class NumberForm : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}

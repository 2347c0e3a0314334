using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aurum.Market.Time;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Curves.Manifests;

/// <summary>All that a computed result hangs on. Two results with one manifest are the same to the byte.</summary>
public sealed record RunManifest
{
    private const int JsonVersion = 1;

    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The forward curves, in the order in which the computation took them.</summary>
    public required IReadOnlyList<CurvePin> Curves { get; init; }

    /// <summary>The histories, in the order in which the computation took them.</summary>
    public IReadOnlyList<SeriesPin> Series { get; init; } = [];

    /// <summary>Version of the calendars of peak hours and holidays.</summary>
    public string CalendarVersion { get; init; } = PeakCalendars.Shipped.Version;

    /// <summary>Version of the time zones.</summary>
    public string TzdbVersion { get; init; } = DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>Version of the program.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>Seed of all chance in it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What the caller asked for, as canonical JSON: see <see cref="CanonicalJson"/>.</summary>
    public required string Inputs { get; init; }

    /// <summary>SHA-256 of <see cref="Inputs"/>.</summary>
    public string InputSha256 => CanonicalJson.Sha256(Inputs);

    /// <summary>SHA-256 of <see cref="ToJson"/>: 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => CanonicalJson.Sha256(ToJson());

    /// <summary>Canonical: names in order, no blanks, times as ISO 8601.</summary>
    public string ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Form))
        {
            Write(writer);
        }

        return CanonicalJson.Of(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">It is no manifest; the message says which field.</exception>
    public static RunManifest Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() is not JsonVersion and var version)
            {
                throw new FormatException($"expected a manifest of version {JsonVersion}, found {version}");
            }

            return new RunManifest
            {
                Curves = [.. root.GetProperty("curves").EnumerateArray().Select(ReadCurve)],
                Series = [.. root.GetProperty("series").EnumerateArray().Select(ReadSeries)],
                CalendarVersion = Text(root, "calendar_version"),
                TzdbVersion = Text(root, "tzdb_version"),
                CodeVersion = Text(root, "code_version"),
                Seed = root.GetProperty("seed").GetUInt64(),
                Inputs = CanonicalJson.Of(root.GetProperty("inputs")),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or UnparsableValueException)
        {
            throw new FormatException($"expected a manifest as a run has written it, found text that is none: {error.Message}", error);
        }
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", JsonVersion);
        writer.WriteStartArray("curves");
        foreach (var curve in Curves)
        {
            writer.WriteStartObject();
            writer.WriteString("curve_key", curve.CurveKey);
            writer.WriteString("name", curve.Name);
            writer.WriteString("asof_date", LocalDatePattern.Iso.Format(curve.AsOf));
            writer.WriteString("known_at", InstantPattern.ExtendedIso.Format(curve.KnownAt));
            writer.WriteString("unit", curve.Unit);
            writer.WriteString("sha256", curve.Sha256);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("series");
        foreach (var series in Series)
        {
            Write(writer, series);
        }

        writer.WriteEndArray();
        writer.WriteString("calendar_version", CalendarVersion);
        writer.WriteString("tzdb_version", TzdbVersion);
        writer.WriteString("code_version", CodeVersion);
        writer.WriteNumber("seed", Seed);
        writer.WriteString("input_sha256", InputSha256);
        writer.WritePropertyName("inputs");
        writer.WriteRawValue(Inputs);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SeriesPin series)
    {
        writer.WriteStartObject();
        writer.WriteString("feed", series.Feed);
        writer.WriteString("location", series.Location);
        writer.WriteString("start_utc", InstantPattern.ExtendedIso.Format(series.Start));
        writer.WriteString("end_utc", InstantPattern.ExtendedIso.Format(series.End));
        writer.WriteString("known_at", InstantPattern.ExtendedIso.Format(series.KnownAt));
        writer.WriteNumber("hours", series.Hours);
        writer.WriteString("unit", series.Unit);
        writer.WriteString("sha256", series.Sha256);
        writer.WriteEndObject();
    }

    private static CurvePin ReadCurve(JsonElement curve) => new(
        Text(curve, "curve_key"), Text(curve, "name"), LocalDatePattern.Iso.Parse(Text(curve, "asof_date")).Value,
        Time(curve, "known_at"), Text(curve, "unit"), Text(curve, "sha256"));

    private static SeriesPin ReadSeries(JsonElement series) => new(
        Text(series, "feed"), Text(series, "location"), Time(series, "start_utc"), Time(series, "end_utc"), Time(series, "known_at"),
        series.GetProperty("hours").GetInt32(), Text(series, "unit"), Text(series, "sha256"));

    private static Instant Time(JsonElement part, string name) => InstantPattern.ExtendedIso.Parse(Text(part, name)).Value;

    private static string Text(JsonElement part, string name) =>
        part.GetProperty(name).GetString() ?? throw new FormatException($"{name}: expected a text, found null");
}

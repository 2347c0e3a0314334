using System.Text.Json;
using Aurum.Store.Archive;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Curves;

/// <summary>An order to restore what was known of a vendor's as-of date at an instant. It is archived like a workbook, so that what it
/// did can be done again.</summary>
/// <param name="Feed">Feed of the merged quotes.</param>
/// <param name="AsOf">As-of date.</param>
/// <param name="KnownAt">What was known then is restored.</param>
/// <param name="To">The tag, or the instant as it was given.</param>
/// <param name="Why">Reason.</param>
internal sealed record RollbackOrder(string Feed, LocalDate AsOf, Instant KnownAt, string To, string Why)
{
    private const string Prefix = "rollback_";
    private const string Extension = ".json";

    public static string BranchOf(LocalDate asOf) => $"{Prefix}{asOf:uuuuMMdd}";

    public static string FileOf(LocalDate asOf) => BranchOf(asOf) + Extension;

    public static bool IsOne(FileRecord file) => IsOne(file.Fetch.FileName);

    public static bool IsOne(string file) =>
        file.StartsWith(Prefix, StringComparison.Ordinal) && file.EndsWith(Extension, StringComparison.Ordinal);

    public static RollbackOrder Read(Stream stream)
    {
        using var document = JsonDocument.Parse(stream);
        string Text(string name) => document.RootElement.GetProperty(name).GetString()!;
        return new RollbackOrder(
            Text("feed"), LocalDatePattern.Iso.Parse(Text("asof_date")).Value, InstantPattern.ExtendedIso.Parse(Text("known_at")).Value,
            Text("to"), Text("why"));
    }

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("order", "rollback");
            json.WriteString("feed", Feed);
            json.WriteString("asof_date", LocalDatePattern.Iso.Format(AsOf));
            json.WriteString("known_at", InstantPattern.ExtendedIso.Format(KnownAt));
            json.WriteString("to", To);
            json.WriteString("why", Why);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}

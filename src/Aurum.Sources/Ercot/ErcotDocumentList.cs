using System.Text.Json;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>A listing of documents, which is not data: <c>IceDocListJsonWS</c> of the MIS, or <c>/archive/{emil id}</c> of the
/// public API.</summary>
/// <param name="ReportTypeId">Kind of report that is listed; empty where the list is.</param>
/// <param name="Documents">In the order of the listing, newest first.</param>
public sealed record ErcotDocumentList(string ReportTypeId, IReadOnlyList<ErcotDocument> Documents)
{
    private const int WallTimeLength = 19;

    /// <summary>Reads a listing; null for other JSON.</summary>
    /// <exception cref="FeedFormatException">A listing whose entries lack an id or a time.</exception>
    public static ErcotDocumentList? TryRead(ReadOnlyMemory<byte> json, string file)
    {
        if (json.Span.IndexOf("\"ListDocsByRptTypeRes\""u8) < 0 && json.Span.IndexOf("\"archives\""u8) < 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? null
                : root.TryGetProperty("ListDocsByRptTypeRes", out var listing) ? OfMis(listing, file)
                : root.TryGetProperty("archives", out var archives) ? OfArchive(root, archives, file)
                : null;
        }
        catch (JsonException e)
        {
            throw Reading.JsonBody.NotWellFormed(file, e);
        }
    }

    /// <summary>What it is, as words for a person.</summary>
    public override string ToString() => Documents.Count == 0
        ? "a listing without documents"
        : $"a listing of {Documents.Count} documents of report {ReportTypeId}, posted {Posted(Documents.Min(d => d.Posted))} to "
            + Posted(Documents.Max(d => d.Posted));

    private static string Posted(Instant instant) => $"{instant:uuuu-MM-dd'T'HH:mm:ss'Z'}";

    private static ErcotDocumentList OfMis(JsonElement listing, string file)
    {
        var documents = new List<ErcotDocument>();
        if (listing.TryGetProperty("DocumentList", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray())
            {
                var place = $"DocumentList[{documents.Count}]";
                var document = item.TryGetProperty("Document", out var inner) ? inner : throw Missing(file, place, "Document");
                var name = Text(document, "ConstructedName", file, place);
                documents.Add(new ErcotDocument(
                    Text(document, "DocID", file, place),
                    Text(document, "ReportTypeID", file, place),
                    name,
                    Text(document, "FriendlyName", file, place),
                    Time(document, "PublishDate", name, file, place)));
            }
        }

        return new ErcotDocumentList(documents.Count > 0 ? documents[0].ReportTypeId : "", documents);
    }

    private static ErcotDocumentList OfArchive(JsonElement root, JsonElement archives, string file)
    {
        var isTyped = root.TryGetProperty("product", out var product) && product.TryGetProperty("reportTypeId", out _);
        var type = isTyped ? product.GetProperty("reportTypeId").ToString() : "";
        var documents = new List<ErcotDocument>();
        foreach (var archive in archives.EnumerateArray())
        {
            var place = $"archives[{documents.Count}]";
            var name = Text(archive, "friendlyName", file, place);
            documents.Add(new ErcotDocument(
                Text(archive, "docId", file, place), type, name, name, Time(archive, "postDatetime", name, file, place)));
        }

        return new ErcotDocumentList(type, documents);
    }

    private static string Text(JsonElement parent, string property, string file, string place) =>
        parent.TryGetProperty(property, out var value) ? value.ToString() : throw Missing(file, place, property);

    private static Instant Time(JsonElement parent, string property, string name, string file, string place)
    {
        var text = Text(parent, property, file, place);
        var wallTime = text.Length > WallTimeLength ? text[..WallTimeLength] : text;
        return ErcotDocument.Central(wallTime, ErcotDocument.IsSecondPass(name))
            ?? throw new FeedFormatException(file, $"{place}.{property}", "a time of the Texas clock", $"'{text}'");
    }

    private static FeedFormatException Missing(string file, string place, string property) =>
        new(file, place, $"a field {property}", "none");
}

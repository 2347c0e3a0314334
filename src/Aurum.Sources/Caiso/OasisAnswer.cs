using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>Reads an answer of OASIS: a zip, or a file out of it, with CSV or XML; or an error in place of data.</summary>
internal static class OasisAnswer
{
    public static ParseResult Read(FeedFile file, OasisReport report, IOasisTarget target)
    {
        var notes = new List<string>();
        ParseResult? empty = null;
        using var archive = new ArchiveReader(file);
        while (archive.Next() is { } entry)
        {
            var refusal = ContentGuard.Refusal(entry) ?? ReadEntry(entry, report, target, notes);
            if (refusal is { Outcome: not Outcome.ProvenEmpty })
            {
                return refusal;
            }

            empty ??= refusal;
        }

        target.Finish();
        if (target.Rows > 0)
        {
            notes.AddRange(target.Notes);
            return ParseResult.DataWith(notes);
        }

        return empty ?? throw new FeedFormatException(
            file.Name, "", $"rows of {report.Query} "
                + $"{report.MarketRun}", target.Notes.Count > 0 ? string.Join("; ", target.Notes) : "none");
    }

    private static ParseResult? ReadEntry(ArchiveEntry entry, OasisReport report, IOasisTarget target, List<string> notes)
    {
        if (entry.Kind == ContentKind.Xml)
        {
            using var xml = new OasisXmlRows(entry.Content, entry.Name, report);
            target.Take(xml);
            notes.AddRange(xml.Notes);
            return xml.Error?.ToResult();
        }

        if (entry.Kind == ContentKind.Json)
        {
            throw new FeedFormatException(entry.Name, "", "CSV or XML", "JSON");
        }

        using var csv = new OasisCsvRows(entry.Content, entry.Name, report);
        target.Take(csv);
        notes.AddRange(csv.Notes);
        return null;
    }
}

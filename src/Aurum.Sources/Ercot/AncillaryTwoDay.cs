using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT ancillary services of two days ago: what was cleared, what was self-arranged, and all that was offered.</summary>
/// <remarks>
/// <para>Source: report NP3-911-ER, as the archive of the public API has it: a listing of documents, then the day's zip of some 26
/// tables.</para>
/// <para>Shape: <c>2d_cleared_dam_as/REGUP</c> and <c>2d_self_arranged_as/REGUP</c> by the hour;
/// <c>2d_agg_as_offers/REGUP/0.49</c>, the MW offered at 0.49 USD/MW or less, for the hours in which somebody asked that
/// price.</para>
/// <para>Units: MW. Services as the tables name them: REGUP, REGDN, RRSPFR, RRSUFR, RRSFFR, ECRSS, ECRSM, NSPIN, NSPNM; ONNS and
/// OFFNS in offers.</para>
/// <para>Time: hours <c>1</c> or <c>01</c> to 24; see <see cref="CountedHours"/> for days of clock changes.</para>
/// <para>Revisions: none; posted once, two days after the day.</para>
/// </remarks>
public static class AncillaryTwoDay
{
    private const string Emil = "np3-911-er";
    private const int PostedAfterDays = 2;

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("ercot/ancillary-two-day"),
        Title = "ERCOT ancillary services cleared, self-arranged and offered, two days later",
        Facts = new FeedFacts(
            "ERCOT public API, archive of NP3-911-ER (report type 13057): a listing, then a zip of some 26 tables",
            "8 services cleared and 9 self-arranged × 23, 24 or 25 hours; 9 curves of offers, about 10,000 steps",
            "MW; offers are the MW at a price or less",
            "hours 1 to 24, Central clock; the day of 25 hours counts to 25, without a flag",
            "none; posted two days after the day"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromDays(PostedAfterDays) + Duration.FromHours(2),
            CompleteAt: Duration.FromDays(PostedAfterDays) + Duration.FromHours(12),
            RefreshEvery: Duration.FromHours(2),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Suite = "timeseries_observation",
        Table = SeriesTables.Observation,
        Locate = static (day, _) => [ErcotRequests.Archive(Emil, day, PostedAfterDays)],
        NextPage = ErcotRequests.NewestOf,
        Recognizes = static head => ErcotHeads.IsJson(head)
            ? head.Has("\"archives\"") && head.Has("NP3-911-ER")
            : AncillaryTables.IsTable(head.InnerName) && head.HeaderHas("Delivery Date", "Hour Ending"),
        Parse = Parse,
    };

    private static ParseResult Parse(FeedFile file, IRowOutput<SeriesPoint> output)
    {
        var rows = new RowBuffer<SeriesPoint>(output);
        var notes = new List<string>();
        using var archive = new ArchiveReader(file);
        while (archive.Next() is { } entry)
        {
            if (ContentGuard.Refusal(entry) is { } refusal)
            {
                return refusal;
            }

            if (entry.Kind == ContentKind.Json)
            {
                return OfListing(file, entry);
            }

            if (!AncillaryTables.IsTable(entry.InnerName))
            {
                notes.Add($"{entry.Name} is another table, left out");
                continue;
            }

            using var csv = new ErcotCsvRows(entry.Content, entry.Name);
            AncillaryTables.Read(csv, entry.InnerName, entry.Name, rows);
            notes.AddRange(csv.Header.UnknownColumnNotes());
        }

        rows.Flush();
        return rows.Total > 0
            ? ParseResult.DataWith(notes)
            : throw new FeedFormatException(file.Name, "", "tables of ancillary services", "none with a row");
    }

    /// <summary>A listing has no rows: with a document in it, the document has the day's.</summary>
    private static ParseResult OfListing(FeedFile file, ArchiveEntry entry)
    {
        var body = JsonBody.Read(entry, ErcotRequests.MaxAnswerBytes);
        return ErcotDocumentList.TryRead(body.Bytes, entry.Name) switch
        {
            null => ErcotReport.Parse<SeriesPoint>(file, new RowList<SeriesPoint>(), static (report, _) =>
                throw new FeedFormatException(report.FileName, "", "a listing of documents, or their zip", "a report of the API")),
            { Documents.Count: 0 } => ParseResult.NotYetPublished($"{entry.Name} lists no document yet"),
            var documents => ParseResult.DataWith([$"{entry.Name} is {documents}"]),
        };
    }
}

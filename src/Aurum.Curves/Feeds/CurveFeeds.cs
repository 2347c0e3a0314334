using Aurum.Curves.Workbooks;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Curves.Feeds;

/// <summary>The vendors' end-of-day workbooks as feeds. A person hands them over: nothing is planned, asked for or overdue.</summary>
public static class CurveFeeds
{
    private static readonly Symbol NoBranch = new("");

    /// <summary>The suites that a workbook passes before it is merged, in their order.</summary>
    public static IReadOnlyList<string> Suites { get; } =
        ["curve_schema", "curve_landing", "curve_business", "curve_tenor", "curve_arbitrage"];

    /// <summary>One a vendor.</summary>
    public static IReadOnlyList<CurveFeed> Vendors { get; } = [.. WorkbookLayouts.All.Select(Of)];

    /// <summary>Every feed: what was merged, and what was read.</summary>
    public static IReadOnlyList<Feed> All { get; } = [.. Vendors.Select(v => v.Merged), .. Vendors.Select(v => v.Landing)];

    /// <summary>The vendor of a feed of either kind; null for a feed that is no vendor's.</summary>
    public static CurveFeed? Find(FeedId feed) => Vendors.FirstOrDefault(v => v.Merged.Id == feed || v.Landing.Id == feed);

    private static CurveFeed Of(WorkbookLayout layout) => new(
        layout,
        Feed($"{layout.Vendor}/eod-curves", layout, "", CurveTables.Observation, (book, output) =>
        {
            var rows = new RowBuffer<CurveQuote>(output);
            book.Quotes.ForEach(quote => rows.Add(quote));
            rows.Flush();
        }),
        Feed($"{layout.Vendor}/eod-curves-landing", layout, ", as read", CurveTables.Landing, (book, output) =>
        {
            var rows = new RowBuffer<LandedQuote>(output);
            book.Quotes.ForEach(quote => rows.Add(new LandedQuote(quote, NoBranch, null)));
            book.Quarantined.ForEach(held => rows.Add(new LandedQuote(held.Quote, NoBranch, new Symbol(held.Reasons))));
            rows.Flush();
        }));

    private static Feed<TRow> Feed<TRow>(
        string id, WorkbookLayout layout, string kind, RowTable<TRow> table, Action<CurveBook, IRowOutput<TRow>> write)
        where TRow : struct => new()
    {
        Id = new FeedId(id),
        Title = $"{layout.Title}: end-of-day curves{kind}",
        Facts = new FeedFacts(
            $"EOD_{layout.Vendor.ToUpperInvariant()}_yyyymmdd_1430.xlsx, handed over with 'aurum curves load'.",
            "One workbook an as-of date; one row a curve and delivery period.",
            "As the workbook writes them, or as the vendor's list of units says; units_raw names which.",
            "The as-of date is the workbook's; delivery periods are whole months.",
            "A corrected workbook brings revisions; 'aurum curves rollback' restores what was known."),
        Zone = DateTimeZone.Utc,
        Schedule = new Schedule(Duration.Zero, Duration.FromDays(1), null, Duration.Zero, null),
        Suite = Suites[0],
        RowsLieInDay = false,
        MayBeEmpty = true,
        Locate = static (_, _) => [],
        Recognizes = static _ => false,
        Table = table,
        Parse = (file, output) =>
        {
            using var stream = file.Open();
            var book = WorkbookReader.Read(stream, file.Name, layout, file.Day?.Date);
            write(book, output);
            return ParseResult.DataWith(book.Messages);
        },
    };
}

/// <summary>A vendor's curves: how its workbooks are laid out, and under which feeds its quotes are kept.</summary>
/// <param name="Layout">Layout of the workbooks.</param>
/// <param name="Merged">What passed: rows of <c>curve_observation</c>.</param>
/// <param name="Landing">What was read, by branch: rows of <c>curve_landing</c>.</param>
public sealed record CurveFeed(WorkbookLayout Layout, Feed<CurveQuote> Merged, Feed<LandedQuote> Landing)
{
    /// <summary>Code of the vendor: <c>eugp</c>.</summary>
    public string Vendor => Layout.Vendor;
}

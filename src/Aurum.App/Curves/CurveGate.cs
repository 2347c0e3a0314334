using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Aurum.Curves.Feeds;
using Aurum.Curves.Workbooks;
using Aurum.Market.Curves;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;

namespace Aurum.App.Curves;

/// <summary>The suites of curves at work on a workbook. Which quotes are held back follows from the workbook alone; what else is found
/// may depend on the as-of date before.</summary>
internal sealed class CurveGate(Func<string, Suite> suites)
{
    /// <summary>Suite name of the vendor's own bounds.</summary>
    public const string VendorSuite = "curve_vendor";

    /// <summary>Quotes that are judged together: the columns of so many are in memory at once.</summary>
    private const int RowsPerCheck = 1 << 12;

    private readonly ConcurrentDictionary<string, IReadOnlyList<Gate<CurveQuote>>> _gates = [];

    public JudgedBook Judge(CurveFeed feed, CurveBook book, EarlierAsOf? earlier)
    {
        var gates = _gates.GetOrAdd(
            feed.Vendor, _ => [.. CurveFeeds.Suites.Select(name => SuiteCompiler.Compile(suites(name), feed.Merged))]);
        var context = new GateContext(feed.Merged.Day(book.AsOf), Earlier: earlier);
        var verdicts = new Dictionary<int, QuoteVerdict>();
        var reports = gates.Select(gate => Run(gate, context, book, verdicts)).ToList();
        reports.Add(OfVendor(feed, book, verdicts.Count));
        return new JudgedBook(book, verdicts, reports);
    }

    private static GateReport Run(Gate<CurveQuote> gate, GateContext context, CurveBook book, Dictionary<int, QuoteVerdict> held)
    {
        var run = gate.Begin(context);
        var verdicts = new RowVerdicts();
        var quotes = CollectionsMarshal.AsSpan(book.Quotes);
        for (var from = 0; from < quotes.Length; from += RowsPerCheck)
        {
            var batch = quotes.Slice(from, Math.Min(RowsPerCheck, quotes.Length - from));
            run.Check(batch, verdicts);
            for (var row = verdicts.NextFailed(0); row >= 0; row = verdicts.NextFailed(row + 1))
            {
                var expectation = verdicts.FirstFailure(row);
                held.TryAdd(from + row, new QuoteVerdict(expectation.Name, CodeOf(expectation), verdicts.Reason(row)));
            }
        }

        return run.Finish();
    }

    private static string CodeOf(Expectation expectation)
    {
        var column = expectation.Arguments.TryGetValue("column", out var named) ? named.Texts[0] : "";
        return expectation.Type switch
        {
            "expect_column_values_to_not_be_null" => $"missing_{column}",
            "expect_mid_between_bid_and_ask" => "crossed_quote",
            "expect_column_values_to_be_between" => $"implausible_{column}",
            _ => $"invalid_{(column.Length > 0 ? column : expectation.Type)}",
        };
    }

    private static GateReport OfVendor(CurveFeed feed, CurveBook book, int failing)
    {
        var bounds = VendorBounds.Of(feed.Vendor);
        long rows = book.Quotes.Count + book.Quarantined.Count;
        long held = failing + book.Quarantined.Count;
        var least = Result(
            "expect_rows_of_vendor", rows >= bounds.MinRows, 1,
            $"{book.File} has {rows} quotes, a workbook of {feed.Vendor} has at least {bounds.MinRows}");
        var share = rows == 0 ? 0 : (double)held / rows;
        var most = Result(
            "expect_held_back_share_of_vendor", share <= bounds.MaxHeldShare, rows,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{held} of {rows} quotes of {book.File} are held back, {share:P1}; at most {bounds.MaxHeldShare:P1} are usual"));
        return new GateReport(VendorSuite, feed.Merged.Id, feed.Merged.Day(book.AsOf), rows, 0, [least, most], []);
    }

    private static ExpectationResult Result(string name, bool holds, long judged, string fault) => new(
        name, name, Severity.Batch, holds ? CheckStatus.Pass : CheckStatus.Fail, judged, holds ? 0 : 1, null, holds ? [] : [fault], "");
}

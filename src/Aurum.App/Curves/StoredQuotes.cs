using System.Text;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Store.Curves;
using Aurum.Store.Reading;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Curves;

/// <summary>Merged quotes, read back from the store.</summary>
internal static class StoredQuotes
{
    private const int MostQuotes = 10_000_000;

    /// <summary>The quotes of a vendor's as-of date, withdrawn ones included.</summary>
    /// <param name="reader">Store.</param>
    /// <param name="feed">Vendor's feed of merged quotes.</param>
    /// <param name="asOf">As-of date.</param>
    /// <param name="knownAt">As known then; null: now.</param>
    /// <returns>By what identifies a quote within the feed and date.</returns>
    public static Dictionary<QuoteKey, CurveQuote> Read(StoreReader reader, FeedId feed, LocalDate asOf, Instant? knownAt = null)
    {
        var quotes = new Dictionary<QuoteKey, CurveQuote>();
        foreach (var quote in Matching(reader, [new ColumnFilter("feed", feed.Text)], asOf, knownAt))
        {
            quotes[QuoteKey.Of(quote)] = quote;
        }

        return quotes;
    }

    /// <summary>The quotes of an as-of date that fit filters, withdrawn ones included. Of periods the first month is known alone.</summary>
    public static IEnumerable<CurveQuote> Matching(
        StoreReader reader, IReadOnlyList<ColumnFilter> filters, LocalDate asOf, Instant? knownAt)
    {
        using var rows = reader.Rows(new RowQuery(CurveTables.Observation.Name)
        {
            Filters = [.. filters.Where(IsOfKey), new ColumnFilter("asof_date", LocalDatePattern.Iso.Format(asOf))],
            Having = [.. filters.Where(static f => !IsOfKey(f))],
            AsOf = knownAt,
            Limit = MostQuotes,
        });
        var maker = new QuoteMaker(rows, asOf);
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                yield return maker.Make(row);
            }
        }
    }

    private static bool IsOfKey(ColumnFilter filter) => filter.Column == "feed"
        || CurveTables.Observation.Columns.Any(c => c.Name == filter.Column && c.Role == ColumnRole.Key);

    /// <summary>What the passing quotes of a workbook are to those that are merged.</summary>
    /// <param name="merged">The merged ones of its date; those that it does not have are left in it.</param>
    /// <param name="judged">The workbook.</param>
    public static QuoteCounts Compare(Dictionary<QuoteKey, CurveQuote> merged, JudgedBook judged)
    {
        long fresh = 0, changed = 0, identical = 0;
        for (var i = 0; i < judged.Book.Quotes.Count; i++)
        {
            if (judged.Verdicts.ContainsKey(i))
            {
                continue;
            }

            var quote = judged.Book.Quotes[i];
            if (!merged.Remove(QuoteKey.Of(quote), out var before))
            {
                fresh++;
            }
            else if (AreSame(before, quote))
            {
                identical++;
            }
            else
            {
                changed++;
            }
        }

        return new QuoteCounts(
            judged.Book.Quotes.Count + judged.Book.Quarantined.Count, fresh, changed, identical, CountStanding(merged.Values));
    }

    /// <summary>How many are not withdrawn.</summary>
    public static long CountStanding(IEnumerable<CurveQuote> quotes) => quotes.LongCount(static q => !IsWithdrawn(q));

    /// <summary>Whether two quotes of one key have the same values in every column.</summary>
    public static bool AreSame(in CurveQuote a, in CurveQuote b) =>
        a.Mid.Equals(b.Mid) && a.Bid.Equals(b.Bid) && a.Ask.Equals(b.Ask) && a.Cell == b.Cell
        && a.Head.File == b.Head.File && a.Head.Sheet == b.Head.Sheet && a.Head.VersionHash == b.Head.VersionHash
        && a.Head.Unit?.Currency == b.Head.Unit?.Currency && a.Head.Unit?.PerUnit == b.Head.Unit?.PerUnit
        && a.Tenor.First == b.Tenor.First && AreSame(a.Head.Identity, b.Head.Identity);

    /// <summary>A quote that is taken back: it keeps where it was from, and has no price.</summary>
    public static CurveQuote Withdrawn(in CurveQuote quote) => quote with { Mid = double.NaN, Bid = double.NaN, Ask = double.NaN };

    public static bool IsWithdrawn(in CurveQuote quote) =>
        double.IsNaN(quote.Mid) && double.IsNaN(quote.Bid) && double.IsNaN(quote.Ask);

    private static bool AreSame(CurveIdentity a, CurveIdentity b) =>
        a.AssetClass == b.AssetClass && (a.Iso ?? "") == (b.Iso ?? "") && (a.Region ?? "") == (b.Region ?? "")
        && (a.Location ?? "") == (b.Location ?? "") && (a.Market ?? "") == (b.Market ?? "") && (a.Product ?? "") == (b.Product ?? "")
        && (a.Block ?? "") == (b.Block ?? "") && (a.SparkLocation ?? "") == (b.SparkLocation ?? "");

    /// <summary>Makes quotes of rows; quotes of one curve and sheet share their head.</summary>
    private sealed class QuoteMaker
    {
        private readonly RowReader _rows;
        private readonly LocalDate _asOf;
        private readonly Dictionary<string, int> _columns = [];
        private readonly Dictionary<(string, string, string, string), CurveHead> _heads = [];
        private readonly Dictionary<(string, string, string), Tenor> _tenors = [];

        /// <summary>The text of each column in the row before: rows of a curve follow each other.</summary>
        private readonly (byte[] Utf8, string Text)[] _last;

        public QuoteMaker(RowReader rows, LocalDate asOf)
        {
            (_rows, _asOf) = (rows, asOf);
            _last = new (byte[], string)[rows.Columns.Count];
            Array.Fill(_last, ([], ""));
            for (var i = 0; i < rows.Columns.Count; i++)
            {
                _columns.Add(rows.Columns[i].Name, i);
            }
        }

        public CurveQuote Make(int row)
        {
            var head = (Text("curve_key", row), Text("sheet_name", row), Text("units_raw", row), Text("version_hash", row));
            if (!_heads.TryGetValue(head, out var known))
            {
                _heads.Add(head, known = Head(row));
            }

            var tenor = (Text("tenor_type", row), Text("tenor_label", row), Text("contract_month", row));
            if (!_tenors.TryGetValue(tenor, out var period))
            {
                var first = tenor.Item3.Length == 0 ? default : LocalDatePattern.Iso.Parse(tenor.Item3).Value.ToYearMonth();
                var type = Enum.Parse<TenorType>(tenor.Item1, ignoreCase: true);
                _tenors.Add(tenor, period = new Tenor(type, tenor.Item2, first, first));
            }

            var cell = CellAddress.TryParse(_rows.Text(_columns["sheet_cell"], row), out var address) ? address : default;
            return new CurveQuote(known, period, Number("mid", row), Number("bid", row), Number("ask", row), cell);
        }

        private CurveHead Head(int row)
        {
            string? Part(string column) => Text(column, row) is { Length: > 0 } text ? text : null;
            var identity = new CurveIdentity(
                Enum.Parse<AssetClass>(Text("asset_class", row), ignoreCase: true), Part("iso"), Part("region"), Part("location"),
                Part("market"), Part("product"), Part("block"), Part("spark_location"));
            var unit = Part("currency") is { } currency ? new CurveUnit(currency, Text("per_unit", row)) : (CurveUnit?)null;
            return new CurveHead(
                _asOf, Text("source_file", row), Text("sheet_name", row), identity, unit, Part("units_raw"), Text("version_hash", row));
        }

        private string Text(string column, int row)
        {
            var at = _columns[column];
            var utf8 = _rows.Text(at, row);
            if (!utf8.SequenceEqual(_last[at].Utf8))
            {
                _last[at] = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
            }

            return _last[at].Text;
        }

        private double Number(string column, int row) =>
            _rows.NumberOrNaN(_columns[column], row);
    }
}

/// <summary>What identifies a quote within a vendor's as-of date.</summary>
internal readonly record struct QuoteKey(string CurveKey, string Units, TenorType Type, string Tenor)
{
    public static QuoteKey Of(in CurveQuote quote) =>
        new(quote.Head.Identity.Key, quote.Head.UnitsRaw ?? "", quote.Tenor.Type, quote.Tenor.Label);
}

using System.Text;
using Aurum.App.Api.Requests;
using Aurum.Curves.Building;
using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Units;
using Aurum.Market.Curves;
using Aurum.Store.Reading;
using NodaTime.Text;

namespace Aurum.App.Curves.Building;

/// <summary>Builds curves of the quotes that the store has, with its exchange rates and prices.</summary>
internal sealed class StoredCurves(StoreReader store)
{
    private const int MostShown = 5;
    private const int MostHeldBack = 10_000;
    private const int MostRows = 20_000_000;

    /// <exception cref="RequestFormatException">No curve fits, or several; a unit that is not known; rates, contents or history that are
    /// missing. It says which.</exception>
    public BuiltCurve Build(CurveOrder order, CancellationToken cancel)
    {
        var curve = Pick(order);
        return Build(order, curve, [.. WithoutPrice(curve), .. HeldBack(order, curve[0].Head)], cancel);
    }

    /// <summary>All curves that fit, in the order of their keys. What was held back from them is not told.</summary>
    /// <param name="order">Which, and how.</param>
    /// <param name="most">More than these are refused.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RequestFormatException">No curve fits, or too many; or one that cannot be built.</exception>
    public IReadOnlyList<BuiltCurve> BuildAll(CurveOrder order, int most, CancellationToken cancel)
    {
        var curves = Fitting(order);
        return curves.Count > most ? throw new RequestFormatException(
                "curve", $"filters that fit at most {most} curves of {order.QuotesOf:uuuu-MM-dd}", $"{curves.Count}")
            : [.. curves.Select(curve => Build(order, curve, WithoutPrice(curve), cancel))];
    }

    private BuiltCurve Build(CurveOrder order, List<CurveQuote> curve, List<UnusedQuote> notUsed, CancellationToken cancel)
    {
        var unit = UnitOf(curve[0].Head);
        var quotes = QuotesOf(curve);
        var target = TargetOf(order, unit);
        var recipe = order.Recipe with
        {
            Unit = target,
            Rates = target is null ? FxRates.None : Rates(order, unit!.Value.Currency, target.Currency, cancel),
            Prior = order.HasPriorOfMonths
                ? Refusals.Required("prior", MonthShape.OfQuotes(quotes, ShapeKind.Difference))
                : MonthShape.Flat,
        };
        if (order.Shape is { } source)
        {
            var calendar = Refusals.Required("curve", DeliveryCalendar.For(curve[0].Head.Identity)).Calendar;
            var days = HistoryDays.Before(order.QuotesOf, source.Days, calendar, order.KnownAt);
            recipe = recipe with
            {
                Shape = new StoredHistories(store)
                    .Shape(source, days, calendar, $"{unit?.Currency}/{unit?.PerUnit}", cancel).Shape,
            };
        }

        var built = Refusals.Required("curve", CurveBuilder.Build(curve[0].Head.Identity, unit, quotes, recipe));
        return built with
        {
            NotUsed = notUsed,
            Explanation =
            [
                .. built.Explanation,
                .. notUsed.Select(static u => $"not used: {u.Quote}: {u.Why}"),
                .. quotes.Where(static q => q.IsBalance).Select(q => order.Recipe.Averaging == Averaging.HourWeighted
                    ? $"{q.Ref} is of what is left after the as-of date: of that month it has the hours that are left"
                    : $"{q.Ref} is of what is left after the as-of date: as a simple mean it stands for whole months"),
            ],
        };
    }

    /// <summary>The quotes of a curve that are of whole months.</summary>
    public static List<BuildQuote> QuotesOf(List<CurveQuote> curve) =>
        [.. curve.Select(Dated).OfType<CurveQuote>().Select(static q => BuildQuote.Of(q))];

    /// <summary>Quotes of the curve that the store has and that no price can be made of.</summary>
    private static List<UnusedQuote> WithoutPrice(List<CurveQuote> curve)
    {
        var unused = new List<UnusedQuote>();
        foreach (var quote in curve)
        {
            if (Dated(quote) is null)
            {
                unused.Add(new UnusedQuote(QuoteRef.Of(quote), quote.Mid, "its name says no whole months"));
            }
            else if (double.IsNaN(quote.Mid))
            {
                unused.Add(new UnusedQuote(QuoteRef.Of(quote), quote.Mid, "it has no price"));
            }
        }

        return unused;
    }

    /// <summary>What the workbook of the merged quotes has of the curve beside them, by what was landed of it.</summary>
    private IEnumerable<UnusedQuote> HeldBack(CurveOrder order, CurveHead head)
    {
        using var rows = store.Rows(new RowQuery(CurveTables.Landing.Name)
        {
            Filters =
            [
                new ColumnFilter("asof_date", LocalDatePattern.Iso.Format(order.QuotesOf)),
                new ColumnFilter("curve_key", head.Identity.Key),
            ],
            Having = [new ColumnFilter("source_file", head.File)],
            AsOf = order.KnownAt,
            Limit = MostHeldBack,
        });
        var (reason, mid) = (ColumnOf(rows, "quarantine_reason"), ColumnOf(rows, "mid"));
        var (tenor, sheet, cell) = (ColumnOf(rows, "tenor_label"), ColumnOf(rows, "sheet_name"), ColumnOf(rows, "sheet_cell"));
        string Text(int column, int row) => Encoding.UTF8.GetString(rows.Text(column, row));
        var found = new List<UnusedQuote>();
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                if (Text(reason, row) is { Length: > 0 } why)
                {
                    var quote = new QuoteRef(head.Identity.Key, Text(tenor, row), order.QuotesOf, Text(sheet, row), Text(cell, row));
                    found.Add(new UnusedQuote(quote, rows.NumberOrNaN(mid, row), $"held back: {why}"));
                }
            }
        }

        return found.DistinctBy(static u => u.Quote);
    }

    /// <summary>The quotes of the one curve that fits.</summary>
    private List<CurveQuote> Pick(CurveOrder order)
    {
        var curves = Fitting(order);
        if (curves.Count == 1)
        {
            return curves[0];
        }

        var expected = $"filters that fit one curve of {order.QuotesOf:uuuu-MM-dd}";
        var names = curves.Select(static c => NameOf(c[0].Head)).Order(StringComparer.Ordinal).ToList();
        var more = names.Count > MostShown ? $"; and {names.Count - MostShown} more" : "";
        throw new RequestFormatException("curve", expected, $"{names.Count}: {string.Join("; ", names.Take(MostShown))}{more}");
    }

    /// <summary>The quotes of each curve that fits, by the curves' keys.</summary>
    /// <exception cref="RequestFormatException">None does.</exception>
    public List<List<CurveQuote>> Fitting(CurveOrder order) => Fits(order) is { Count: > 0 } curves ? curves : throw NoneFits(order);

    private List<List<CurveQuote>> Fits(CurveOrder order) =>
    [
        .. StoredQuotes.Matching(store, order.Filters, order.QuotesOf, order.KnownAt)
            .Where(q => !StoredQuotes.IsWithdrawn(q) && Has(q.Head.Identity, order.Words))
            .GroupBy(static q => (q.Head.Identity.Key, q.Head.UnitsRaw, q.Head.File))
            .OrderBy(static c => c.Key.Key, StringComparer.Ordinal)
            .ThenBy(static c => c.Key.UnitsRaw, StringComparer.Ordinal)
            .ThenBy(static c => c.Key.File, StringComparer.Ordinal)
            .Select(static c => c.ToList()),
    ];

    private static RequestFormatException NoneFits(CurveOrder order) => new(
        "curve", $"filters that fit one curve of {order.QuotesOf:uuuu-MM-dd}", "none", StatusCodes.Status404NotFound);

    private static bool Has(CurveIdentity identity, IReadOnlyList<string> words) =>
        words.All(word => NamesOf(identity).Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string NameOf(CurveHead head) => $"{NamesOf(head.Identity)} in {head.UnitsRaw}";

    private static string NamesOf(CurveIdentity identity)
    {
        string?[] parts = [identity.Region, identity.Iso, identity.Location, identity.Product, identity.Block, identity.SparkLocation];
        return string.Join(' ', parts.Where(static p => !string.IsNullOrEmpty(p)));
    }

    /// <summary>The unit with its factor: stored prices are in the unit as the workbook has it, pence too.</summary>
    private static CurveUnit? UnitOf(CurveHead head) =>
        head.Unit is not { } unit ? null
        : PriceUnits.Parse(head.UnitsRaw ?? "").Value is { } raw && raw.Currency == unit.Currency ? unit with { Factor = raw.Factor }
        : unit;

    /// <summary>The quote with both ends of its period, which the store keeps the first of: the vendor's meaning of a winter is the one
    /// that begins there. Null where the name fits no period.</summary>
    private static CurveQuote? Dated(CurveQuote quote)
    {
        foreach (var winter in Enum.GetValues<WinterYear>())
        {
            var rules = new TenorRules { Winter = winter, AsOf = quote.Head.AsOf.ToYearMonth() };
            if (Tenor.TryParse(quote.Tenor.Label, rules, out var tenor) && tenor.First == quote.Tenor.First)
            {
                return quote with { Tenor = tenor };
            }
        }

        return null;
    }

    private static PriceUnit? TargetOf(CurveOrder order, CurveUnit? unit)
    {
        if (order.Currency is null && order.Unit is null)
        {
            return null;
        }

        var source = Refusals.Required("unit", PriceUnits.Of(unit));
        return order.Unit ?? Refusals.Required("currency", PriceUnits.Parse($"{order.Currency}/{source.Quantity.Name}"));
    }

    private FxRates Rates(CurveOrder order, string from, string to, CancellationToken cancel) =>
        StoredRates.Read(store, [from, to], order.QuotesOf, order.QuotesOf, order.KnownAt, cancel).Rates;

    private static int ColumnOf(RowReader rows, string name) =>
        Enumerable.Range(0, rows.Columns.Count).First(i => rows.Columns[i].Name == name);
}

using System.Globalization;
using System.Text;
using Aurum.App.Api.Requests;
using Aurum.Curves.Building;
using Aurum.Curves.Manifests;
using Aurum.Market.Time;
using Aurum.Store.Reading;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Curves.Building;

/// <summary>Forward curves by month, histories and shapes of one store, each with the pin that a result's manifest names it by.</summary>
internal sealed class ForwardBook(StoreReader store)
{
    private readonly StoredHistories _histories = new(store);

    /// <summary>The one curve that fits, by month, in the wanted unit.</summary>
    /// <exception cref="RequestFormatException">None fits (status 404), or several; or it cannot be built in that unit. It says
    /// which.</exception>
    public ForwardCurve Curve(CurveChoice choice, CancellationToken cancel) =>
        Pinned(new StoredCurves(store).Build(OrderOf(choice), cancel), choice.KnownAt);

    /// <summary>All curves that fit, by month, in the order of their keys.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="most">More than these are refused.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RequestFormatException">None fits (status 404), or too many; or one that cannot be built.</exception>
    public IReadOnlyList<ForwardCurve> Curves(CurveChoice choice, int most, CancellationToken cancel) =>
        [.. new StoredCurves(store).BuildAll(OrderOf(choice), most, cancel).Select(curve => Pinned(curve, choice.KnownAt))];

    /// <summary>Hourly prices of a place.</summary>
    /// <exception cref="RequestFormatException">Not a feed of prices.</exception>
    public PinnedHistory History(string feed, string location, HistoryDays days, CancellationToken cancel) =>
        _histories.Prices(feed, location, days, cancel);

    /// <summary>Hourly loads of a place, MW.</summary>
    /// <exception cref="RequestFormatException">Not a feed of loads.</exception>
    public PinnedHistory Loads(string feed, string location, HistoryDays days, CancellationToken cancel) =>
        _histories.Loads(feed, location, days, cancel);

    /// <summary>What wind and sun generated in a place by hour, MW.</summary>
    /// <exception cref="RequestFormatException">Not a feed of generation by fuel.</exception>
    public PinnedHistory WindAndSun(string feed, string location, HistoryDays days, CancellationToken cancel) =>
        _histories.WindAndSun(feed, location, days, cancel);

    /// <summary>Hourly output of a place's plants, MW.</summary>
    /// <exception cref="RequestFormatException">Not a feed of generation.</exception>
    public PinnedHistory Generation(string feed, string location, HistoryDays days, CancellationToken cancel) =>
        _histories.Generation(feed, location, days, cancel);

    /// <summary>Exchange rates of the days up to a date that can count.</summary>
    public PinnedRates Rates(IReadOnlyCollection<string> currencies, LocalDate asOf, Instant knownAt, CancellationToken cancel) =>
        StoredRates.Read(store, currencies, asOf, asOf, knownAt, cancel);

    /// <summary>The shape of the hours of a place's prices.</summary>
    /// <param name="source">Which prices, how many days before the date, and how the shape acts.</param>
    /// <param name="before">The first day that is no history.</param>
    /// <param name="calendar">Whose clock and holidays.</param>
    /// <param name="curveUnit">Unit of the curve that gets the shape, as <c>USD/MWh</c>.</param>
    /// <param name="knownAt">State of knowledge.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="RequestFormatException">Not a feed of prices, one in another unit, or too short a history.</exception>
    public PinnedShape Shape(
        ShapeSource source, LocalDate before, PeakCalendar calendar, string curveUnit, Instant knownAt, CancellationToken cancel) =>
        _histories.Shape(source, HistoryDays.Before(before, source.Days, calendar, knownAt), calendar, curveUnit, cancel);

    /// <summary>The newest as-of date of which a curve fits; null where none does.</summary>
    public LocalDate? NewestAsOf(CurveChoice choice)
    {
        var selection = new CurveSelection
        {
            KnownAt = choice.KnownAt,
            Filters = [.. FiltersOf(choice).Select(static f => (f.Column, f.Values))],
            Words = choice.Words,
        };
        using var rows = store.Sql(CurveQueries.NewestAsOf(selection), maxRows: 1);
        return rows.NextChunk() && rows.Count == 1 && !rows.IsNull(0, 0)
            ? LocalDatePattern.Iso.Parse(Encoding.UTF8.GetString(rows.Text(0, 0))).Value
            : null;
    }

    private CurveOrder OrderOf(CurveChoice choice)
    {
        var asOf = choice.AsOf ?? NewestAsOf(choice) ?? throw new RequestFormatException(
            "curve", $"a curve that fits {Described(choice)}", "none of any as-of date", StatusCodes.Status404NotFound);
        var recipe = new CurveRecipe { Contents = choice.Contents };
        return new CurveOrder(FiltersOf(choice), asOf, recipe, choice.KnownAt)
        {
            Words = choice.Words,
            Unit = choice.Unit,
            Currency = choice.Currency,
        };
    }

    private static IReadOnlyList<ColumnFilter> FiltersOf(CurveChoice choice) =>
        choice.Key is { } key ? [.. choice.Filters, new ColumnFilter("curve_key", key)] : choice.Filters;

    private static string Described(CurveChoice choice)
    {
        var parts = FiltersOf(choice).Select(static f => $"{f.Column}={string.Join('|', f.Values)}")
            .Concat(choice.Words.Select(static w => $"'{w}'"));
        return string.Join(", ", parts.DefaultIfEmpty("anything"));
    }

    private static ForwardCurve Pinned(BuiltCurve curve, Instant knownAt) => new(
        curve,
        new CurvePin(
            curve.Identity.Key, curve.Identity.ToString(), curve.AsOf, knownAt, curve.Unit?.ToString() ?? "", HashOf(curve)));

    /// <summary>Over each quote with its cell and each month, a line each; numbers as the shortest text that reads back.</summary>
    private static string HashOf(BuiltCurve curve)
    {
        var quotes = curve.Used.Select(static u => (u.Quote, u.Price))
            .Concat(curve.Repeated.Select(static q => (Quote: q.Ref, q.Price)))
            .Concat(curve.Conflicts.Select(static c => (Quote: c.Quote.Ref, c.Quote.Price)))
            .Select(static q => string.Create(CultureInfo.InvariantCulture, $"{q.Quote} {q.Price:R}"))
            .Order(StringComparer.Ordinal);
        var months = curve.Points.Select(static p => string.Create(
            CultureInfo.InvariantCulture, $"{p.Delivery.StartUnixSeconds} {p.Hours} {p.Price:R}"));
        var lines = new[] { curve.Identity.Key, LocalDatePattern.Iso.Format(curve.AsOf), curve.Unit?.ToString() ?? "" }
            .Concat(quotes).Concat(months);
        return CanonicalJson.Sha256(string.Join('\n', lines));
    }
}

/// <summary>A forward curve by month, and what pins it.</summary>
/// <param name="Curve">Its months are <see cref="BuiltCurve.Points"/>; its unit, calendar and block are with it.</param>
/// <param name="Pin">What pins it.</param>
internal sealed record ForwardCurve(BuiltCurve Curve, CurvePin Pin);

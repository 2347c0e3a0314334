using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Curves.Building;
using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Units;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Curves.Building;

/// <summary>Which curve to build of stored quotes, and how. The parameters are the same over HTTP and on the command line.</summary>
/// <param name="Filters">What the curve's quotes must have.</param>
/// <param name="QuotesOf">As-of date of the quotes.</param>
/// <param name="Recipe">Method, granularity, meaning of strips.</param>
/// <param name="KnownAt">State of knowledge.</param>
internal sealed record CurveOrder(IReadOnlyList<ColumnFilter> Filters, LocalDate QuotesOf, CurveRecipe Recipe, Instant KnownAt)
{
    private const string DefaultShapeDays = "731";

    private static readonly (QueryParameter Parameter, string Column)[] Columns =
    [
        (QueryParameter.Filter("curve_key", "Curve, by its key.", "b897bf63b9732a4d967210f49b638e8d5..."), "curve_key"),
        (QueryParameter.Filter("asset_class", "power, gas, carbon, renewable, other.", "power"), "asset_class"),
        (QueryParameter.Filter("iso", "Market operator.", "PJM"), "iso"),
        (QueryParameter.Filter("region", "Super-region.", "EU"), "region"),
        (QueryParameter.Filter("location", "Hub, zone, country or port.", "German"), "location"),
        (QueryParameter.Filter("market", "Market or trading place.", "EU"), "market"),
        (QueryParameter.Filter("product", "Product.", "power"), "product"),
        (QueryParameter.Filter("block", "Hours of delivery, as the vendor names them.", "BASE"), "block"),
        (QueryParameter.Filter("units", "Unit as the quotes are stored in.", "EUR/MWh"), "units_raw"),
    ];

    /// <summary>What chooses and makes the curve.</summary>
    public static readonly IReadOnlyList<QueryParameter> OfCurve =
    [
        .. Columns.Select(static c => c.Parameter),
        QueryParameter.Filter("vendor", "Vendor of the quotes: eugp, rp, pw.", "eugp"),
        QueryParameter.Filter("q", "Words that must all stand in the curve's names, in any case.", "ttf gas"),
        new("asof", ParameterForm.Date, "As-of date of the quotes; must be given.") { Example = "2025-09-17", IsFilter = true },
        QueryParameter.ChoiceOf("method", "bootstrap: a price a month. smooth: days without steps.", "bootstrap", "smooth"),
        QueryParameter.ChoiceOf("granularity", "Length of the periods.", "month", "day", "hour"),
        QueryParameter.ChoiceOf(
            "averaging", "What a strip is: the mean of its months by hours of delivery, or with equal weights as vendors compute it.",
            "hour_weighted", "simple_mean"),
        QueryParameter.ChoiceOf(
            "prior", "Shape of what quotes leave open: flat, or that of the years that are quoted by month.", "flat", "months"),
        QueryParameter.Filter("unit", "Unit of the result; that of the quotes where it is not given.", "USD/MMBtu"),
        QueryParameter.Filter("currency", "Currency of the result, in the quotes' quantity.", "USD"),
        QueryParameter.Filter("content", "How much of one quantity is in another.", "5.8 MMBtu/bbl") with { MaxValues = 4 },
        QueryParameter.Filter("shape_feed", "Feed whose prices give hours their shape.", "pjm/day-ahead-lmp"),
        QueryParameter.Filter("shape_location", "Place of these prices.", "WESTERN HUB"),
        new("shape_days", ParameterForm.WholeNumber, "Days of history before the as-of date.")
        {
            Least = 28, Most = 7_320, Default = DefaultShapeDays, IsFilter = true,
        },
        QueryParameter.ChoiceOf("shape_kind", "How the shape acts: added, or as a factor.", "difference", "ratio"),
    ];

    /// <summary>All parameters of a list of its prices.</summary>
    public static readonly IReadOnlyList<QueryParameter> OfPoints =
        [.. OfCurve, RowResource.AsOf, RowResource.Limit, RowResource.Cursor, ResponseFormats.Parameter];

    /// <summary>Parameters of the account of how it came about.</summary>
    public static readonly IReadOnlyList<QueryParameter> OfAccount = [.. OfCurve, RowResource.AsOf];

    /// <summary>What chooses the curves of markets, whatever hours they are for.</summary>
    public static readonly IReadOnlyList<QueryParameter> OfMarkets =
    [
        .. OfCurve.TakeWhile(static p => p.Name != "method").Where(static p => p.Name is not ("block" or "curve_key")),
    ];

    /// <summary>All parameters of a list of months of markets.</summary>
    public static readonly IReadOnlyList<QueryParameter> OfBlocks =
        [.. OfMarkets, RowResource.AsOf, RowResource.Limit, RowResource.Cursor, ResponseFormats.Parameter];

    /// <summary>Words that must all stand in the curve's names.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Unit of the result; null: that of the quotes.</summary>
    public PriceUnit? Unit { get; init; }

    /// <summary>Currency of the result; null: that of the unit.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether the quoted months give the prior.</summary>
    public bool HasPriorOfMonths { get; private init; }

    /// <summary>Where hours get their shape from; null: nowhere.</summary>
    public ShapeSource? Shape { get; private init; }

    /// <exception cref="RequestFormatException">A parameter that does not fit, or one that is missing.</exception>
    public static CurveOrder Read(QueryReader query, Instant knownAt)
    {
        if (query.Text("unit") is not null && query.Text("currency") is not null)
        {
            throw new RequestFormatException("currency", "unit or currency, not both", $"'{query.Text("currency")}'");
        }

        var granularity = Enum.Parse<CurveGranularity>(query.Choice("granularity") ?? "month", ignoreCase: true);
        var recipe = new CurveRecipe
        {
            Method = Enum.Parse<BuildMethod>(query.Choice("method") ?? "bootstrap", ignoreCase: true),
            Granularity = granularity,
            Averaging = query.Choice("averaging") == "simple_mean" ? Averaging.SimpleMean : Averaging.HourWeighted,
            Contents = [.. query.Texts("content").Select(static c => Fits("content", c, ContentRatio.Parse(c, "as given")))],
        };
        return ReadQuotes(query, knownAt) with
        {
            Recipe = recipe,
            Unit = query.Text("unit") is { } unit ? Fits("unit", unit, PriceUnits.Parse(unit)) : null,
            Currency = query.Text("currency"),
            HasPriorOfMonths = query.Choice("prior") == "months",
            Shape = ReadShape(query, granularity),
        };
    }

    /// <summary>Which quotes are meant, without what is made of them.</summary>
    /// <exception cref="RequestFormatException">No as-of date.</exception>
    public static CurveOrder ReadQuotes(QueryReader query, Instant knownAt)
    {
        var filters = Columns.Where(c => query.Has(c.Parameter.Name) && query.Text(c.Parameter.Name) is not null)
            .Select(c => new ColumnFilter(c.Column, query.Text(c.Parameter.Name)!)).ToList();
        if (query.Text("vendor") is { } vendor)
        {
            filters.Add(new ColumnFilter("feed", $"{vendor.ToLowerInvariant()}/eod-curves"));
        }

        var asOf = query.Date("asof") ?? throw new RequestFormatException("asof", "the as-of date of the quotes", "none");
        return new CurveOrder(filters, asOf, new CurveRecipe(), knownAt)
        {
            Words = query.Text("q")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    private static ShapeSource? ReadShape(QueryReader query, CurveGranularity granularity)
    {
        var (feed, location) = (query.Text("shape_feed"), query.Text("shape_location"));
        if (feed is null != location is null)
        {
            throw new RequestFormatException(
                feed is null ? "shape_feed" : "shape_location", "both shape_feed and shape_location, or neither", "none");
        }

        if (feed is not null && granularity != CurveGranularity.Hour)
        {
            throw new RequestFormatException("shape_feed", "granularity=hour with it", $"{granularity.ToString().ToLowerInvariant()}");
        }

        var kind = query.Choice("shape_kind") == "ratio" ? ShapeKind.Ratio : ShapeKind.Difference;
        return feed is null ? null : new ShapeSource(feed, location!, query.WholeNumber("shape_days"), kind);
    }

    private static T Fits<T>(string parameter, string text, Built<T> built)
        where T : class => built.Value ?? throw new RequestFormatException(parameter, built.Refusal!.Message, $"'{text}'");
}

/// <summary>Prices whose hours give a curve its shape.</summary>
/// <param name="Feed">Feed id: <c>pjm/day-ahead-lmp</c>.</param>
/// <param name="Location">Place, by the publisher's name.</param>
/// <param name="Days">Days of history before the as-of date.</param>
/// <param name="Kind">How the shape acts.</param>
internal sealed record ShapeSource(string Feed, string Location, int Days, ShapeKind Kind);

using Aurum.App.Api.Requests;
using Aurum.App.Curves.Building;
using Aurum.App.Ppa.Orders;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Manifests;
using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;
using NodaTime;

namespace Aurum.App.Ppa.Markets;

/// <summary>A view of the market while it is put together.</summary>
internal sealed class MarketParts(
    PpaContract contract, ValuationOptions options, LocalDate asOf, Instant knownAt, CancellationToken cancel)
{
    public PpaContract Contract => contract;

    public ValuationOptions Options => options;

    public LocalDate AsOf => asOf;

    public Instant KnownAt => knownAt;

    public CancellationToken Cancel => cancel;

    public List<BlockCurve> Forwards { get; } = [];

    public List<SeriesPin> Series { get; } = [];

    public List<string> Notes { get; } = [];

    public HourlyShape? Shape { get; set; }

    public FxRates Rates { get; set; } = FxRates.None;

    public IReadOnlyList<MonthAmount> Basis { get; set; } = [];

    public HourlyHistory? Generation { get; set; }

    /// <summary>Hours of prices that a model is taken from.</summary>
    public HourlyHistory? Prices { get; set; }

    /// <summary>The days before the as-of date.</summary>
    public HistoryDays Before(int days) => HistoryDays.Before(asOf, days, contract.Market, knownAt);

    /// <summary>What is said where the store has no history.</summary>
    public RequestFormatException NoHistory(string field, string expected, string feed, string location, int days) => new(
        field, $"{expected} of {feed} at {location} in the {days} days before {asOf:uuuu-MM-dd} ({Backfill(feed, days)})", "none",
        StatusCodes.Status422UnprocessableEntity);

    /// <summary>The command that gets a history.</summary>
    public string Backfill(string feed, int days) =>
        $"'aurum backfill {feed} --from {asOf.PlusDays(-days):uuuu-MM-dd} --to {asOf.PlusDays(-1):uuuu-MM-dd}' fetches it";

    public MarketView ToView() => new()
    {
        ValuationDate = asOf,
        Forwards = Forwards,
        Shape = Shape,
        Beyond = options.Beyond,
        Basis = Basis,
        Rates = Rates,
        Discounting = options.DiscountPercent is { } percent
            ? Discounting.Flat(percent, contract.Discounting.PaymentLagDays)
            : null,
        Cannibalisation = options.Cannibalisation,
        Generation = Generation,
    };
}

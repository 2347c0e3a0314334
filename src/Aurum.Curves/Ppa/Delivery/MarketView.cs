using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Ppa.Delivery;

/// <summary>What the market is like on a day: everything that a contract's value hangs on but the contract.</summary>
public sealed record MarketView
{
    /// <summary>Day that money is valued on. Deliveries from this day on are valued; those before are settled.</summary>
    public required LocalDate ValuationDate { get; init; }

    /// <summary>Forward prices of the hub: one curve of all hours, or one of the peak and one of the other hours.</summary>
    public required IReadOnlyList<BlockCurve> Forwards { get; init; }

    /// <summary>How hourly prices go around the mean of their month; null: all hours of a block alike.</summary>
    public HourlyShape? Shape { get; init; }

    /// <summary>What the months after the last quoted one are taken as.</summary>
    public BeyondRule Beyond { get; init; } = BeyondRule.Refuse;

    /// <summary>Price of the node less that of the hub by month, in the contract's currency; used where the contract says that its basis
    /// is a curve and brings no amounts.</summary>
    public IReadOnlyList<MonthAmount> Basis { get; init; } = [];

    /// <summary>Exchange rates, where a curve's currency is not the contract's.</summary>
    public FxRates Rates { get; init; } = FxRates.None;

    /// <summary>Rates instead of the contract's; null: the contract's. The payment lag is always the contract's.</summary>
    public Discounting? Discounting { get; init; }

    /// <summary>How plants of the technology press the prices of the hours in which they produce; null: they do not.</summary>
    public Cannibalisation? Cannibalisation { get; init; }

    /// <summary>Hourly output of the past, for contracts whose generation shape is a history; MW of the whole plant.</summary>
    public HourlyHistory? Generation { get; init; }
}

/// <summary>Forward prices of a block by month.</summary>
/// <param name="Block">All hours, the peak, or the other hours.</param>
/// <param name="Currency">ISO 4217 code; prices are per MWh.</param>
/// <param name="Months">In order, none twice.</param>
public sealed record BlockCurve(Block Block, string Currency, IReadOnlyList<MonthForward> Months);

/// <summary>The forward price of a month: the mean of its hours of the block.</summary>
public readonly record struct MonthForward(YearMonth Month, double Price);

/// <summary>What months after the last quoted one are taken as.</summary>
/// <param name="Kind">How.</param>
/// <param name="PercentPerYear">Growth for each year after the quoted one.</param>
public sealed record BeyondRule(BeyondKind Kind, double PercentPerYear)
{
    /// <summary>A contract that runs longer than the curve is not valued.</summary>
    public static readonly BeyondRule Refuse = new(BeyondKind.Refuse, 0);

    /// <summary>The last quoted price of the same calendar month (of the last month, where the curve is shorter than a year).</summary>
    public static readonly BeyondRule Flat = new(BeyondKind.Extend, 0);
}

/// <summary>Whether a curve is extended.</summary>
public enum BeyondKind
{
    Refuse,
    Extend,
}

/// <summary>An assumption: each year the technology captures a smaller part of the mean price.</summary>
/// <param name="DeclinePercentPerYear">What a year takes from the capture price, percent of that of the year before; within each month and
/// block prices are tilted against the plant's output until its mean price is that much lower, and the means are kept.</param>
/// <param name="FromYear">Year of the first decline.</param>
public sealed record Cannibalisation(double DeclinePercentPerYear, int FromYear);

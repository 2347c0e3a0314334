using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Units;

namespace Aurum.Curves.Building;

/// <summary>What curve to build of quotes, and with what beside them.</summary>
public sealed record CurveRecipe
{
    public BuildMethod Method { get; init; } = BuildMethod.Bootstrap;

    public CurveGranularity Granularity { get; init; } = CurveGranularity.Month;

    /// <summary>What the quotes of strips mean.</summary>
    public Averaging Averaging { get; init; } = Averaging.HourWeighted;

    /// <summary>Shape of a year for what quotes leave open.</summary>
    public MonthShape Prior { get; init; } = MonthShape.Flat;

    /// <summary>Shape of days for curves of hours; null: every hour has the price of its day or month.</summary>
    public HourlyShape? Shape { get; init; }

    /// <summary>Unit of the result; null: that of the quotes.</summary>
    public PriceUnit? Unit { get; init; }

    /// <summary>Exchange rates, where the unit has another currency.</summary>
    public FxRates Rates { get; init; } = FxRates.None;

    /// <summary>Contents, where the unit has a quantity of another kind.</summary>
    public IReadOnlyList<ContentRatio> Contents { get; init; } = [];
}

/// <summary>How a curve is built. In text the names are lower-case.</summary>
public enum BuildMethod
{
    /// <summary>A price a month: <see cref="MonthBootstrap"/>.</summary>
    Bootstrap,

    /// <summary>A price a day without steps: <see cref="Smoothing.MaximumSmoothness"/>.</summary>
    Smooth,
}

/// <summary>How long the periods of a curve are. In text the names are lower-case.</summary>
public enum CurveGranularity
{
    Month,
    Day,
    Hour,
}

using Aurum.Curves.Building.Units;
using Aurum.Curves.Scenarios.Bands;
using Aurum.Curves.Scenarios.Grid;

namespace Aurum.Curves.Scenarios;

/// <summary>All that a scenario hangs on besides its drivers. The same inputs and drivers give the same result, bit for bit,
/// whatever <see cref="Threads"/> says.</summary>
public sealed record ScenarioInputs
{
    /// <summary>Most curves of a run.</summary>
    public const int MaxCurves = 1_000;

    /// <summary>Most months of a curve.</summary>
    public const int MaxMonths = 600;

    /// <summary>Most paths of an ensemble.</summary>
    public const int MaxPaths = 100_000;

    /// <summary>The curves to move, each once.</summary>
    public required IReadOnlyList<ScenarioCurve> Curves { get; init; }

    /// <summary>Curves that drivers name.</summary>
    public IReadOnlyList<ReferenceCurve> References { get; init; } = [];

    /// <summary>Exchange rates that bring references into the currency of a curve.</summary>
    public FxRates Rates { get; init; } = FxRates.None;

    /// <summary>What leads from one kind of quantity to another: <c>24 MMBtu/tonne</c>.</summary>
    public IReadOnlyList<ContentRatio> Contents { get; init; } = [];

    /// <summary>Supply stacks by region; the first that fits a curve counts.</summary>
    public IReadOnlyList<SupplyStack> SupplyStacks { get; init; } = [];

    public GridAssumptions Grid { get; init; } = GridAssumptions.Default;

    public BandModel Bands { get; init; } = BandModel.Default;

    /// <summary>Of the ensemble, where drivers are stochastic.</summary>
    public ulong Seed { get; init; }

    /// <summary>Of the ensemble, 1 to <see cref="MaxPaths"/>; without stochastic drivers there is none.</summary>
    public int Paths { get; init; } = 1_000;

    /// <summary>Threads to work with, 1 to 64.</summary>
    public int Threads { get; init; } = 1;
}

using Aurum.Curves.Building;
using Aurum.Curves.Documents;
using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Simulation;

namespace Aurum.App.Ppa.Orders;

/// <summary>How a contract is valued: what the market's curves are completed with, and whether paths are simulated.</summary>
internal sealed record ValuationOptions
{
    private const int MinYear = 2000;
    private const int MaxYear = 2149;

    private static readonly NumberRange GrowthRange = new(-20, 20, "% a year");
    private static readonly NumberRange RateRange = new(-20, 100, "% a year");

    public static readonly ValuationOptions None = new();

    /// <summary>What months after the last quoted one are taken as.</summary>
    public BeyondRule Beyond { get; init; } = BeyondRule.Refuse;

    /// <summary>Prices whose hours give the curve its shape; null: all hours of a block alike.</summary>
    public PriceHistory? Shape { get; init; }

    /// <summary>Prices of hub and node, for contracts whose basis is a curve without amounts; null: none.</summary>
    public BasisHistory? Basis { get; init; }

    /// <summary>Days of history of a plant's output before the as-of date.</summary>
    public int GenerationDays { get; init; } = HistoryRange.DefaultDays;

    /// <summary>How the technology presses its own prices; null: it does not.</summary>
    public Cannibalisation? Cannibalisation { get; init; }

    /// <summary>Rate instead of the contract's, percent a year; null: the contract's.</summary>
    public double? DiscountPercent { get; init; }

    /// <summary>Paths; null: no simulation.</summary>
    public SimulationOrder? Simulation { get; init; }

    /// <summary>Reads the object; what is wrong is noted in it.</summary>
    public static ValuationOptions Read(DocumentReader options) => new()
    {
        Beyond = new BeyondRule(
            options.ChoiceOr("beyond", BeyondKind.Refuse), options.NumberOr("beyond_growth_percent", 0, GrowthRange)),
        Shape = options.Maybe("shape") is { } shape ? PriceHistory.Read(shape) : null,
        Basis = options.Maybe("basis") is { } basis ? BasisHistory.Read(basis) : null,
        GenerationDays = HistoryRange.Read(options, "generation_days"),
        Cannibalisation = options.Maybe("cannibalisation") is { } pressed
            ? new Cannibalisation(
                pressed.Number("decline_percent_per_year", NumberRange.From0(50, "% a year")),
                pressed.Integer("from_year", MinYear, MaxYear))
            : null,
        DiscountPercent = options.OptionalNumber("discount_percent", RateRange),
        Simulation = options.Maybe("simulation") is { } simulation ? SimulationOrder.Read(simulation) : null,
    };
}

/// <summary>How many days of history may be asked for.</summary>
internal static class HistoryRange
{
    public const int DefaultDays = 731;

    private const int Least = 28;
    private const int Most = 7_320;

    public static int Read(DocumentReader options, string name) => options.IntegerOr(name, DefaultDays, Least, Most, "days");
}

/// <summary>Prices that give hours their shape.</summary>
/// <param name="Feed">Feed id: <c>ercot/day-ahead-spp</c>.</param>
/// <param name="Location">Place, by the publisher's name.</param>
/// <param name="Days">Days of history before the as-of date.</param>
/// <param name="Kind">How the shape acts.</param>
internal sealed record PriceHistory(string Feed, string Location, int Days, ShapeKind Kind)
{
    public static PriceHistory Read(DocumentReader shape) => new(
        shape.Text("feed"), shape.Text("location"), HistoryRange.Read(shape, "days"), shape.ChoiceOr("kind", ShapeKind.Difference));
}

/// <summary>Prices whose mean difference by calendar month is the basis.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="Hub">Place of the curve.</param>
/// <param name="Node">Place of the contract.</param>
/// <param name="Days">Days of history before the as-of date.</param>
internal sealed record BasisHistory(string Feed, string Hub, string Node, int Days)
{
    public static BasisHistory Read(DocumentReader basis) => new(
        basis.Text("feed"), basis.Text("hub"), basis.Text("node"), HistoryRange.Read(basis, "days"));
}

/// <summary>Which paths are simulated.</summary>
/// <param name="Paths">How many.</param>
/// <param name="Seed">Of all chance.</param>
/// <param name="Threads">Changes the time alone.</param>
/// <param name="MaxMemoryMiB">Most that results and work may take.</param>
/// <param name="Model">How prices and volumes move.</param>
/// <param name="Calibrates">Whether the prices of <see cref="ValuationOptions.Shape"/> say it: then the model is what they do not
/// say.</param>
internal sealed record SimulationOrder(int Paths, ulong Seed, int Threads, int MaxMemoryMiB, PriceModel Model, bool Calibrates)
{
    /// <summary>Fewer paths give no tails.</summary>
    public const int LeastPaths = 100;

    private const int MostThreads = 64;
    private const int LeastMemoryMiB = 16;
    private const int MostMemoryMiB = 16_384;

    public static SimulationOrder Read(DocumentReader simulation)
    {
        var usual = SimulationOptions.Default;
        return new SimulationOrder(
            simulation.IntegerOr("paths", usual.Paths, LeastPaths, SimulationOptions.MaxPaths),
            (ulong)simulation.IntegerOr("seed", (int)usual.Seed, 0, int.MaxValue),
            simulation.IntegerOr("threads", 1, 1, MostThreads),
            simulation.IntegerOr("max_memory_mib", (int)usual.MaxMemoryMiB, LeastMemoryMiB, MostMemoryMiB, "MiB"),
            simulation.Maybe("model") is { } model ? PriceModelReader.Read(model) : new PriceModel(),
            simulation.FlagOr("calibrate", false));
    }

    public SimulationOptions ToOptions() =>
        new(Paths, Seed, Math.Min(Threads, Environment.ProcessorCount), MaxMemoryMiB);
}

using Aurum.Market.Feeds;
using Aurum.Quality.Checks;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Gates;

/// <summary>A suite compiled for a feed. Holds no state: any number of runs may be at work at once, on any threads.</summary>
public sealed class Gate<TRow>
    where TRow : struct
{
    private readonly ColumnPlan<TRow> _plan;
    private readonly IReadOnlyList<CompiledExpectation> _expectations;

    internal Gate(Suite suite, Feed<TRow> feed, ColumnPlan<TRow> plan, IReadOnlyList<CompiledExpectation> expectations)
    {
        Suite = suite;
        Feed = feed;
        _plan = plan;
        _expectations = expectations;
    }

    public Suite Suite { get; }

    public Feed<TRow> Feed { get; }

    /// <summary>Whether an expectation is about the places that are known: what is given as them is of no use otherwise.</summary>
    public bool AsksForPlaces => Suite.Expectations.Any(static e => e.Type is KnownLocations.Name or LastPlaces.Name);

    /// <summary>Starts on a batch: all rows of one file, or of one operating day.</summary>
    public GateRun<TRow> Begin(GateContext context) => new(this, _plan, _expectations, context);
}

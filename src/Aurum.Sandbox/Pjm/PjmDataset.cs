using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Pjm;

/// <summary>One feed of Data Miner.</summary>
/// <param name="Name">Last part of the path.</param>
/// <param name="Columns">In the order in which rows write them.</param>
/// <param name="ValueColumn">Column that a contradiction and a renaming hit.</param>
/// <param name="RangeColumn">Column of Eastern time that ranges are of; empty where the feed has one state only.</param>
/// <param name="Filters">Further parameters that may be asked by.</param>
/// <param name="Write">Writes the rows of a day; the page keeps its own.</param>
internal sealed record PjmDataset(
    string Name,
    IReadOnlyList<string> Columns,
    string ValueColumn,
    string RangeColumn,
    IReadOnlyList<string> Filters,
    Action<PjmPage, OperatingDay, Instant> Write)
{
    /// <summary>Days after which rows can be asked for by time alone; null: never.</summary>
    public int? ArchivedAfterDays { get; init; }
}

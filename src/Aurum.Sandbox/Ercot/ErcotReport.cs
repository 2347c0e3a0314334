using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>A field of a report: name, label and type as the API describes them.</summary>
internal sealed record ErcotField(string Name, string Label, string Type);

/// <summary>One report of the public API.</summary>
/// <param name="Emil">EMIL id in lower case: <c>np4-190-cd</c>.</param>
/// <param name="Endpoint">Last part of the path.</param>
/// <param name="Title">Name for people.</param>
/// <param name="TypeId">Report type id.</param>
/// <param name="DayField">Field that ranges of days are asked by.</param>
/// <param name="SortedBy">What the answer says of its order.</param>
/// <param name="ValueField">Field that a renaming hits.</param>
/// <param name="Fields">In the order of the values in a row.</param>
/// <param name="Write">Writes all rows of a day; the page keeps its own.</param>
/// <param name="IsSparse">Whether nobody can tell that an interval is missing: then none is left out by a fault.</param>
internal sealed record ErcotReport(
    string Emil,
    string Endpoint,
    string Title,
    string TypeId,
    string DayField,
    string SortedBy,
    string ValueField,
    IReadOnlyList<ErcotField> Fields,
    Action<ErcotPage, Query, OperatingDay, Instant> Write,
    bool IsSparse = false);

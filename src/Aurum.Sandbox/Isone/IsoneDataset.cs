using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Isone;

/// <summary>One dataset of the web service.</summary>
/// <param name="Path">Path before the day: <c>hourlylmp/da/final</c>.</param>
/// <param name="List">Name around the records.</param>
/// <param name="Record">Name of a record.</param>
/// <param name="Value">Field that a contradiction and a renaming hit.</param>
/// <param name="Selections">What may stand behind the day in the path, the first part of it; empty where nothing need.</param>
/// <param name="Write">Writes the records of a question, as they are at an instant.</param>
internal sealed record IsoneDataset(
    string Path,
    string List,
    string Record,
    string Value,
    IReadOnlyList<string> Selections,
    Action<IsoneRecords, IsoneQuestion, Instant> Write)
{
    /// <summary>What stands around the records of a day inside the list: its name and its own fields; null where they stand in the
    /// list itself.</summary>
    public Func<OperatingDay, (string Name, IReadOnlyList<(string Name, string Text)> Fields)>? Outer { get; init; }

    /// <summary>Whether a record's first field is an attribute in XML.</summary>
    public bool HasAttribute { get; init; }

    public RowForm JsonForm { get; } = new("{", "}", ",", ",\"Remark\":0");

    public RowForm XmlForm => new(HasAttribute ? $"<{Record}" : $"<{Record}>", $"</{Record}>", "", "<Remark>0</Remark>");
}

/// <summary>Day and selection of a request.</summary>
/// <param name="Day">The day.</param>
/// <param name="Hour">Hour of the clock that is asked for, 0 to 23; null: all.</param>
/// <param name="LocationId">Number of the place that is asked for; null: all.</param>
internal sealed record IsoneQuestion(OperatingDay Day, int? Hour = null, string? LocationId = null)
{
    /// <summary>Whether an interval was asked for: on the day that has an hour twice, both of them.</summary>
    public bool Holds(long start) => Hour is null || LocalLabel.Of(start, MarketZones.Eastern).Hour == Hour;
}

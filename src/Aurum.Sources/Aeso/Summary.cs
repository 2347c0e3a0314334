using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Aeso;

/// <summary>Which part of the current summary a number is of.</summary>
internal enum SummaryPart
{
    Total,
    Fuel,
    Interchange,
    Asset,
}

/// <summary>A number of the current supply and demand summary.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Name">Total, fuel, neighbour or asset, as the report names it.</param>
/// <param name="Measure">MC, TNG or DCR of fuels and assets: maximum capability, total net generation, dispatched contingency reserve;
/// else empty.</param>
/// <param name="Mw">MW.</param>
internal sealed record SummaryValue(SummaryPart Part, string Name, string Measure, double Mw);

/// <summary>AESO's supply and demand as it is now: one reading, as the API gives it (JSON) or the web report (CSV).</summary>
/// <param name="At">When.</param>
/// <param name="Values">In the order of the file.</param>
/// <param name="Notes">Fields that nobody knows.</param>
internal sealed record Summary(Instant At, IReadOnlyList<SummaryValue> Values, IReadOnlyList<string> Notes)
{
    public const string Capability = "MC";
    public const string Generation = "TNG";
    public const string Reserve = "DCR";

    /// <summary>Reads a summary and gives rows of it, where it is of the day asked for.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="add">Adds the rows of a reading.</param>
    /// <returns>Data; unavailable where the summary is of a later day; not yet published where it is of an earlier one.</returns>
    /// <exception cref="FeedFormatException">Neither form.</exception>
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, Action<Summary, RowBuffer<TRow>> add)
        where TRow : struct
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "a summary", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        var summary = entry.Kind == ContentKind.Json ? SummaryJson.Read(entry) : SummaryCsv.Read(entry);
        if (file.Day is { } day && OperatingDay.Of(summary.At, day.Zone) is var shown && shown != day)
        {
            return shown > day
                ? ParseResult.Unavailable($"{file.Name} no longer shows {day}: it holds the newest reading alone")
                : ParseResult.NotYetPublished($"{file.Name} does not show {day} yet");
        }

        var rows = new RowBuffer<TRow>(output);
        add(summary, rows);
        rows.Flush();
        return rows.Total > 0 ? ParseResult.DataWith(summary.Notes) : ParseResult.ProvenEmpty($"{file.Name} has no number");
    }
}

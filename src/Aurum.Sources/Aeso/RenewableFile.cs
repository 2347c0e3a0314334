using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Aeso;

/// <summary>Finds the columns of AESO's forecast of wind or sun.</summary>
/// <param name="csv">The file, at its header.</param>
/// <returns>Adds the rows of one hour, whenever the file is at that hour's line.</returns>
internal delegate Action<DeliveryInterval, RowBuffer<TRow>> RenewableColumns<TRow>(CsvReader csv)
    where TRow : struct;

/// <summary>The file of AESO's forecast of wind or sun, which two feeds read: wind_rpt_longterm.csv, solar_rpt_longterm.csv.</summary>
internal static class RenewableFile
{
    private const string Folder = "/Market/Reports/Manual/Operations/prodweb_reports/wind_solar_forecast/";

    /// <summary>216 hours; one fewer where a day has 23.</summary>
    public const int ReachHours = 215;

    /// <summary>What each file has, whichever of it a feed takes.</summary>
    private static readonly string[] Columns = ["Min", "Most Likely", "Max", "Actual", "MCR"];

    public static readonly Schedule Schedule = new(
        FirstAt: Duration.Zero,
        CompleteAt: Duration.FromHours(22) + Duration.FromMinutes(55),
        RefreshEvery: Duration.FromHours(1),
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null,
        KeptDays: 2);

    /// <param name="kind">wind or solar.</param>
    public static IReadOnlyList<FeedRequest> Locate(string kind) => AesoRequests.Web($"{Folder}{kind}_rpt_longterm.csv");

    /// <exception cref="FeedFormatException">Not that file, or cut.</exception>
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, RenewableColumns<TRow> columnsOf)
        where TRow : struct
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "a report", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        using var csv = new CsvReader(entry.Content, entry.Name);
        var rows = new RowBuffer<TRow>(output);
        var (first, last) = Read(csv, rows, columnsOf);
        if (csv.EndsInLine && file.IsAnswer)
        {
            throw new FeedFormatException(entry.Name, $"{csv.Line - 1}", "a line end", "the end of the file: it may be cut");
        }

        if (rows.Total == 0)
        {
            return ParseResult.ProvenEmpty($"{file.Name} has a header and no row");
        }

        if (file.Day is { } day && (last < day.Start.ToUnixTimeSeconds() || first >= day.End.ToUnixTimeSeconds()))
        {
            return first >= day.End.ToUnixTimeSeconds()
                ? ParseResult.Unavailable($"{file.Name} no longer shows {day}")
                : ParseResult.NotYetPublished($"{file.Name} does not show {day} yet");
        }

        rows.Flush();
        return ParseResult.DataWith(csv.Header.UnknownColumnNotes());
    }

    private static (long First, long Last) Read<TRow>(CsvReader csv, RowBuffer<TRow> rows, RenewableColumns<TRow> columnsOf)
        where TRow : struct
    {
        var times = new StampColumn(
            csv, csv.Header.Required("Forecast Transaction Date"), Stamps.TryParseLocal, "a time like 2025-03-18 04:00");
        Array.ForEach(Columns, name => csv.Header.Required(name));
        csv.Header.Ignore("Pct Min", "Pct Most Likely", "Pct Max");
        var addHour = columnsOf(csv);
        var clock = new FileOrderClock<Location>(MarketZones.Mountain);
        long first = long.MaxValue, last = long.MinValue;
        try
        {
            while (csv.Read())
            {
                var hour = clock.StartingAt(AesoFeeds.System, times.Read(), 60);
                first = Math.Min(first, hour.StartUnixSeconds);
                last = Math.Max(last, hour.StartUnixSeconds);
                addHour(hour, rows);
            }
        }
        catch (TimeLabelException e)
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", "a time that the clock in Alberta shows", e.Message, e);
        }

        return (first, last);
    }
}

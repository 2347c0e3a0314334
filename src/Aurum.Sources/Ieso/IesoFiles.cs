using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>How IESO lays out its public reports: a folder a report, in it a file a day (<c>_YYYYMMDD</c>), an hour
/// (<c>_YYYYMMDDHH</c>) or a year, each replaced in place by its newest version; versions beside it (<c>_vN</c>) are not asked
/// for.</summary>
internal static class IesoFiles
{
    /// <summary>After its beginning, an hour's file is asked for: its first interval is there then.</summary>
    public static readonly Duration FirstIntervalAfter = Duration.FromMinutes(10);

    /// <summary>How long the answer to one day's request of a year file serves the other days of a backfill.</summary>
    private static readonly Duration YearFileServes = Duration.FromHours(12);

    /// <summary>The request for a day's file: <c>/DAHourlyEnergyLMP/PUB_DAHourlyEnergyLMP_20260630.csv</c>.</summary>
    public static IReadOnlyList<FeedRequest> Day(string report, string extension, OperatingDay day) =>
        [Request(report, $"{day.Date:uuuuMMdd}", extension)];

    /// <summary>Requests for the files of a day's hours, 01 to 24, that have intervals by now; at least for the first one.</summary>
    public static IReadOnlyList<FeedRequest> Hours(string report, string extension, OperatingDay day, Instant now)
    {
        var begun = (int)Math.Clamp(Math.Floor((now - day.Start - FirstIntervalAfter).TotalHours) + 1, 1, 24);
        var requests = new FeedRequest[begun];
        for (var i = 0; i < begun; i++)
        {
            requests[i] = Request(report, $"{day.Date:uuuuMMdd}{i + 1:00}", extension);
        }

        return requests;
    }

    /// <summary>The request for the file of a day's year, which grows day by day.</summary>
    public static IReadOnlyList<FeedRequest> Year(string report, OperatingDay day) =>
        [Request(report, $"{day.Date:uuuu}", "csv") with { SharedFor = YearFileServes }];

    /// <summary>Opens the one file of an answer and reads it.</summary>
    /// <returns>Data; proven empty for a report without a row; the refusal where a server sent something else.</returns>
    /// <exception cref="FeedFormatException">Not what the feed documents.</exception>
    public static ParseResult Parse<TRow>(
        FeedFile file, IRowOutput<TRow> output, Func<ArchiveEntry, RowBuffer<TRow>, IReadOnlyList<string>> read)
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

        var rows = new RowBuffer<TRow>(output);
        var notes = read(entry, rows);
        rows.Flush();
        return rows.Total > 0 ? ParseResult.DataWith(notes)
            : file.Day is { } day ? ParseResult.NotYetPublished($"{file.Name} has no row of {day}")
            : ParseResult.ProvenEmpty($"{file.Name} has no row");
    }

    /// <summary>Fails where a report says that it is for another day than the one asked for.</summary>
    public static void CheckDay(FeedFile file, LocalDate date, string place)
    {
        if (file.Day is { } day && day.Date != date)
        {
            throw new FeedFormatException(file.Name, place, $"a report for {day}", $"one for {date:uuuu-MM-dd}");
        }
    }

    private static FeedRequest Request(string report, string stamp, string extension)
    {
        var name = $"PUB_{report}_{stamp}.{extension}";
        return new FeedRequest(IesoFeeds.Reports.Name, $"/{report}/{name}", name);
    }
}

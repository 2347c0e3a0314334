using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Spp;

/// <summary>SPP's hourly forecast files: one every hour, for seven days, named by the hour that they are made at.</summary>
/// <remarks>Each has rows of past hours too, with what was measured; only rows that end after the forecast was made are forecasts. A
/// row without a value is of an hour that is still to be filled in. The name says when it was made:
/// <c>OP-MTLF-202511020200d.csv</c>.</remarks>
internal static class MidTermForecast
{
    /// <summary>About 168 hours; how far exactly is seen from the other files of the day.</summary>
    public const int ReachHours = 160;

    private const int StampDigits = 12;

    /// <summary>A new file every hour; the last one of a day is made an hour before its end.</summary>
    public static readonly Schedule Schedule = new(
        FirstAt: PostedAfter,
        CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
        RefreshEvery: Duration.FromHours(1),
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null);

    /// <summary>Time from the hour in the name until the file is there.</summary>
    private static Duration PostedAfter => Duration.FromMinutes(10);

    /// <summary>The files that are made on a day.</summary>
    public static IReadOnlyList<FeedRequest> Locate(string report, string prefix, OperatingDay day, Instant now)
    {
        var last = Math.Min(day.End.ToUnixTimeSeconds() - 1, (now - PostedAfter).ToUnixTimeSeconds());
        var requests = new List<FeedRequest>();
        for (var issued = day.Start.ToUnixTimeSeconds(); issued <= last; issued += SppLabel.HourSeconds)
        {
            var path = $"/{day.Date:uuuu'/'MM'/'dd}/{prefix}-{SppLabel.NameOfHour(issued)}.csv";
            requests.Add(SppFiles.Download(report, path) with { IsPiece = true });
        }

        return requests;
    }

    /// <summary>Refuses a file without a forecast: it was cut before its first one.</summary>
    /// <param name="csv">The file, read to its end.</param>
    /// <param name="rows">Rows read.</param>
    /// <exception cref="FeedFormatException">There is none.</exception>
    public static void Require(CsvReader csv, long rows)
    {
        if (rows == 0)
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", "hours after the forecast was made", "none: the file may be cut");
        }
    }

    /// <summary>When the forecast of a file was made, Unix seconds; <see cref="InstantColumn.Unknown"/> where the name does not
    /// say.</summary>
    public static long IssuedAt(string name)
    {
        var text = Path.GetFileNameWithoutExtension(name.AsSpan());
        var isSecond = text is [.., 'd'];
        text = isSecond ? text[..^1] : text;
        return text.Length >= StampDigits
            && DateTime.TryParseExact(
                text[^StampDigits..], "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var reading)
            && SppLabel.EndOfHour(LocalSeconds.Of(LocalDateTime.FromDateTime(reading)), isSecond) is { } issued
                ? issued
                : InstantColumn.Unknown;
    }
}

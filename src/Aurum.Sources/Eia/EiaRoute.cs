using System.Reflection;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Eia;

/// <summary>A route of EIA's API that a feed asks for, from the list <c>routes.csv</c>: to follow one more, add a line.</summary>
/// <param name="Feed">Id of the feed.</param>
/// <param name="Path">Path below <c>/v2</c>: <c>natural-gas/stor/wkly</c>.</param>
/// <param name="Frequency">Daily, weekly or monthly.</param>
/// <param name="WeekEnds">Day whose date names a week; none for other frequencies.</param>
internal sealed record EiaRoute(string Feed, string Path, SeriesFrequency Frequency, IsoDayOfWeek WeekEnds)
{
    private const string List = "Aurum.Sources.Eia.routes.csv";

    public static IReadOnlyList<EiaRoute> All { get; } = Read();

    /// <summary>The requests for a day: of daily routes every day, of weekly ones on the day that ends their week, of monthly ones
    /// on the first of the month.</summary>
    /// <param name="feed">Id of the feed.</param>
    /// <param name="shape">Key and value fields of its routes.</param>
    /// <param name="day">Which day.</param>
    /// <param name="months">Months that a monthly answer holds, the day's first.</param>
    public static IReadOnlyList<FeedRequest> Requests(string feed, EiaSeriesShape shape, LocalDate day, int months = 1) =>
        [.. All.Where(r => r.Feed == feed && r.IsDueOn(day)).Select(r => r.Request(shape, day, months))];

    /// <summary>Whether a feed's routes are of weeks.</summary>
    public static bool HasWeeks(string feed) => All.Any(r => r.Feed == feed && r.Frequency == SeriesFrequency.Weekly);

    private bool IsDueOn(LocalDate day) => Frequency switch
    {
        SeriesFrequency.Monthly => day.Day == 1,
        SeriesFrequency.Weekly => day.DayOfWeek == WeekEnds,
        _ => true,
    };

    private FeedRequest Request(EiaSeriesShape shape, LocalDate day, int months)
    {
        var isMonthly = Frequency == SeriesFrequency.Monthly;
        var first = isMonthly ? $"{day:uuuu-MM}" : $"{day:uuuu-MM-dd}";
        var last = isMonthly ? $"{day.PlusMonths(months - 1):uuuu-MM}" : first;
        return EiaRequests.First(Path, Frequency.ToString().ToLowerInvariant(), shape, first, last, Path.Replace('/', '_'));
    }

    /// <exception cref="FeedFormatException">A line of the list cannot be read.</exception>
    private static List<EiaRoute> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(List)
            ?? throw new FeedFormatException(List, "", "a list in the program", "none");
        using var csv = new CsvReader(stream, List);
        var feed = csv.Header.Required("feed");
        var route = csv.Header.Required("route");
        var frequency = csv.Header.Required("frequency");
        var weekEnds = csv.Header.Required("week_ends");
        var routes = new List<EiaRoute>();
        while (csv.Read())
        {
            var every = Enum.TryParse<SeriesFrequency>(csv.Text(frequency), ignoreCase: true, out var known)
                && known is SeriesFrequency.Daily or SeriesFrequency.Weekly or SeriesFrequency.Monthly
                ? known
                : throw csv.Unexpected(frequency, "daily, weekly or monthly");
            var end = IsoDayOfWeek.None;
            if (!csv.IsEmpty(weekEnds) && !Enum.TryParse(csv.Text(weekEnds), ignoreCase: true, out end))
            {
                throw csv.Unexpected(weekEnds, "a day of the week");
            }

            if (every == SeriesFrequency.Weekly == (end == IsoDayOfWeek.None))
            {
                throw csv.Unexpected(weekEnds, "the last day of the week for a weekly route, and nothing for others");
            }

            routes.Add(new EiaRoute(csv.Text(feed), csv.Text(route), every, end));
        }

        return routes;
    }
}

using Aurum.Market.Feeds;
using Aurum.Quality.Suites;
using NodaTime;

namespace Aurum.Quality.Checks;

/// <summary>How a feed's rows fall into series and intervals: the columns of its key less the interval name the series.</summary>
/// <param name="SeriesTexts">Slots of the text columns that name a series.</param>
/// <param name="SeriesInstants">Slots of the instants that name a series (when a forecast was made).</param>
/// <param name="Start">Slot of the start of the interval.</param>
/// <param name="End">Slot of its end.</param>
/// <param name="Numbers">Slots of the numbers that a row says.</param>
/// <param name="Texts">Slots of the texts that a row says.</param>
/// <param name="IntervalSeconds">Length of the feed's intervals; 0 where they have no fixed one.</param>
/// <param name="Readings">How readings at instants follow each other; null where nothing is usual.</param>
/// <param name="Zone">Clock of the feed's operating days.</param>
/// <param name="RowsLieInDay">Whether a batch of one day holds rows of that day alone.</param>
internal sealed record GridShape(
    IReadOnlyList<int> SeriesTexts,
    IReadOnlyList<int> SeriesInstants,
    int Start,
    int End,
    IReadOnlyList<int> Numbers,
    IReadOnlyList<int> Texts,
    int IntervalSeconds,
    ReadingPace? Readings,
    DateTimeZone Zone,
    bool RowsLieInDay)
{
    public const string StartColumn = "interval_start_utc";
    public const string EndColumn = "interval_end_utc";

    public static GridShape Of(ColumnPlan plan, SuitePlace place)
    {
        var series = plan.KeyColumns.Where(static c => c is not (StartColumn or EndColumn)).ToList();
        return new GridShape(
            Slots(plan, place, series, ColumnKind.Text),
            Slots(plan, place, series, ColumnKind.Instant),
            plan.Slot(StartColumn, place, ColumnKind.Instant),
            plan.Slot(EndColumn, place, ColumnKind.Instant),
            Slots(plan, place, plan.ValueColumns, ColumnKind.Number),
            Slots(plan, place, plan.ValueColumns, ColumnKind.Text),
            (plan.Feed.IntervalMinutes ?? 0) * 60,
            plan.Feed.Readings,
            plan.Feed.Zone,
            plan.Feed.RowsLieInDay);
    }

    private static List<int> Slots(ColumnPlan plan, SuitePlace place, IEnumerable<string> columns, ColumnKind kind) =>
        [.. columns.Where(c => plan.KindOf(c) == kind).Select(c => plan.Slot(c, place))];
}

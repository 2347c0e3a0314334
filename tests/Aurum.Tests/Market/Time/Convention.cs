using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Market.Time;

/// <summary>A publisher's way of labelling delivery intervals.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Minutes">Length of the intervals.</param>
/// <param name="Label">The label of an interval.</param>
/// <param name="Interval">The interval of a label.</param>
/// <param name="Writeable">Every label that the convention's form allows on a date, whether the day has it or not.</param>
internal sealed record Convention(
    string Name,
    int Minutes,
    Func<DeliveryInterval, DateTimeZone, object> Label,
    Func<object, DateTimeZone, DeliveryInterval> Interval,
    Func<LocalDate, DateTimeZone, IEnumerable<object>> Writeable)
{
    private static readonly bool[] NoYes = [false, true];

    public static readonly IReadOnlyList<Convention> All =
    [
        Of<HourEnding>("hour ending", 60, HourEnding.FromInterval, (label, zone) => label.ToInterval(zone),
            (date, _) => Hours(1, 24).SelectMany(hour => NoYes.Select(repeated => new HourEnding(date, hour, repeated)))),
        Of<HourBeginning>("hour beginning", 60, HourBeginning.FromInterval, (label, zone) => label.ToInterval(zone),
            (date, _) => Hours(0, 23).SelectMany(hour => NoYes.Select(repeated => new HourBeginning(date, hour, repeated)))),
        Of<OprHour>("OPR_HR", 60, OprHour.FromInterval, (label, zone) => label.ToInterval(zone),
            (date, _) => Hours(1, 25).Select(hour => new OprHour(date, hour))),
        Of<RunningHour>("running hour", 60, RunningHour.FromInterval, (label, zone) => label.ToInterval(zone),
            (date, _) => Hours(1, 25).Select(hour => new RunningHour(date, hour))),
        Text("text 02*", label => $"{label.Hour:00}{(label.IsRepeated ? "*" : "")}"),
        Text("text 2X", label => $"{label.Hour}{(label.IsRepeated ? "X" : "")}"),
        Text("text HE02*", label => label.Label),
        Text("text 02:00*", label => $"{label.Hour:00}:00{(label.IsRepeated ? "*" : "")}"),
        Flag("flag on the second pass", FlaggedPass.Second),
        Flag("flag on the first pass", FlaggedPass.First),
        Part("quarter of an hour", 15),
        Part("twelfth of an hour", 5),
        Stamp("5-minute start", 5, isEnd: false),
        Stamp("5-minute end", 5, isEnd: true),
        Stamp("15-minute start", 15, isEnd: false),
        Stamp("15-minute end", 15, isEnd: true),
        Zoned("5-minute end with zone word", 5),
    ];

    private static IEnumerable<int> Hours(int first, int last) => Enumerable.Range(first, last - first + 1);

    private static Convention Of<TLabel>(
        string name,
        int minutes,
        Func<DeliveryInterval, DateTimeZone, TLabel> label,
        Func<TLabel, DateTimeZone, DeliveryInterval> interval,
        Func<LocalDate, DateTimeZone, IEnumerable<TLabel>> writeable)
        where TLabel : notnull =>
        new(
            name,
            minutes,
            (delivery, zone) => label(delivery, zone),
            (text, zone) => interval((TLabel)text, zone),
            (date, zone) => writeable(date, zone).Cast<object>());

    private static Convention Text(string name, Func<HourEnding, string> print) =>
        Of<(LocalDate Date, string Hour)>(
            name,
            60,
            (delivery, zone) => HourEnding.FromInterval(delivery, zone) is var label ? (label.Date, print(label)) : default,
            (label, zone) => HourEnding.Parse(label.Date, label.Hour).ToInterval(zone),
            (date, _) =>
                from hour in Hours(1, 24)
                from repeated in NoYes
                select (date, print(new HourEnding(date, hour, repeated))));

    private static Convention Flag(string name, FlaggedPass marks)
    {
        var flag = new RepeatedHourFlag(marks);
        return Of<(LocalDate Date, int Hour, bool IsFlagged)>(
            name,
            60,
            (delivery, zone) => HourEnding.FromInterval(delivery, zone) is var label
                ? (label.Date, label.Hour, flag.IsSetFor(label, zone))
                : default,
            (label, zone) => flag.Hour(label.Date, label.Hour, label.IsFlagged, zone).ToInterval(zone),
            (date, _) => Hours(1, 24).SelectMany(hour => NoYes.Select(isFlagged => (date, hour, isFlagged))));
    }

    private static Convention Part(string name, int minutes) =>
        Of<HourPart>(
            name,
            minutes,
            HourPart.FromInterval,
            (label, zone) => label.ToInterval(zone),
            (date, _) =>
                from hour in Hours(1, 24)
                from repeated in NoYes
                from part in Hours(1, 60 / minutes)
                select new HourPart(new HourEnding(date, hour, repeated), part, minutes));

    private static Convention Stamp(string name, int minutes, bool isEnd) =>
        Of<LocalStamp>(
            name,
            minutes,
            (delivery, zone) => LocalStamp.FromInstant(isEnd ? delivery.End : delivery.Start, zone),
            (label, zone) => isEnd ? label.Ending(zone, minutes) : label.Starting(zone, minutes),
            (date, _) =>
                from reading in Readings(date, minutes, isEnd)
                from repeated in NoYes
                select new LocalStamp(reading, repeated));

    private static Convention Zoned(string name, int minutes) =>
        Of<ZonedStamp>(
            name,
            minutes,
            (delivery, zone) => ZonedStamp.FromInstant(delivery.End, NamedAs(zone)),
            (label, zone) => DeliveryInterval.EndingAt(label.ToInstant(NamedAs(zone)), minutes),
            (date, zone) =>
                from reading in Readings(date, minutes, isEnd: true)
                from word in Words(zone)
                select new ZonedStamp(reading, word));

    /// <summary>Every reading of the clock's face on a date; ends run from the first interval's to midnight.</summary>
    private static IEnumerable<LocalDateTime> Readings(LocalDate date, int minutes, bool isEnd) =>
        Hours(isEnd ? 1 : 0, (24 * 60 / minutes) - (isEnd ? 0 : 1)).Select(i => date.AtMidnight().PlusMinutes(i * minutes));

    /// <summary>A clock with the same hands whose name for them is a word: a fixed offset has none.</summary>
    private static DateTimeZone NamedAs(DateTimeZone zone) =>
        zone.Equals(MarketZones.EasternStandard) ? DateTimeZoneProviders.Tzdb["America/Panama"] : zone;

    private static IEnumerable<TimeZoneWord> Words(DateTimeZone zone) =>
        new[] { new LocalDate(2025, 1, 1), new LocalDate(2025, 7, 1) }
            .Select(date => ZonedStamp.FromInstant(NamedAs(zone).AtStartOfDay(date).ToInstant(), NamedAs(zone)).Word)
            .Distinct();
}

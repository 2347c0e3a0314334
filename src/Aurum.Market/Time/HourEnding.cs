using NodaTime;

namespace Aurum.Market.Time;

/// <summary>One delivery hour as a US market labels it: operating day, the local hour it ends at (1 to 24), and whether it is the
/// second of the two hours that share a label when the clock goes back.</summary>
/// <remarks>A day has 23, 24 or 25 of these: in US zones HE03 is missing in spring and HE02 comes twice in autumn. On a clock
/// that never changes (<see cref="MarketZones.EasternStandard"/>, UTC) every day has 24. Labels live only at the edge: a parser
/// turns one into a UTC interval at once.</remarks>
public readonly record struct HourEnding
{
    public HourEnding(LocalDate date, int hour, bool isRepeated = false)
    {
        if (hour is < 1 or > 24)
        {
            throw new ArgumentOutOfRangeException(nameof(hour), hour, "expected an hour ending from 1 to 24");
        }

        Date = date;
        Hour = hour;
        IsRepeated = isRepeated;
    }

    public LocalDate Date { get; }

    /// <summary>1 to 24: the hour ends when the local clock would show this hour.</summary>
    public int Hour { get; }

    public bool IsRepeated { get; }

    /// <summary>The label without its day: <c>HE02</c>, <c>HE02*</c>.</summary>
    public string Label => $"HE{Hour:00}{(IsRepeated ? "*" : "")}";

    /// <exception cref="TimeLabelException">That day has no such hour.</exception>
    public DeliveryInterval ToInterval(DateTimeZone zone) =>
        TransitionTable.For(zone).TryGetHour(Date, Hour - 1, IsRepeated, out var interval)
            ? interval
            : throw TimeLabelException.NoSuchHour(ToString(), Date, zone);

    /// <summary>The label of a delivery hour.</summary>
    /// <exception cref="ArgumentException">Not an hour of that clock.</exception>
    public static HourEnding FromInterval(DeliveryInterval hour, DateTimeZone zone)
    {
        var table = TransitionTable.For(zone);
        var local = table.ToLocal(hour.StartUnixSeconds);
        var hourOfDay = Math.DivRem(LocalSeconds.SecondOfDay(local), LocalSeconds.PerHour, out var rest);
        if (hour.LengthSeconds != LocalSeconds.PerHour || rest != 0)
        {
            throw new ArgumentException($"{hour} is not a clock hour in {zone.Id}", nameof(hour));
        }

        var match = table.Match(local);
        var isRepeated = match.Count == 2 && match.Second == hour.StartUnixSeconds;
        return new HourEnding(LocalSeconds.ToDate(local), hourOfDay + 1, isRepeated);
    }

    /// <summary>The labels of a day in the order of time: 23, 24 or 25.</summary>
    public static IReadOnlyList<HourEnding> Of(OperatingDay day)
    {
        var labels = new List<HourEnding>(25);
        for (var start = day.Start; start < day.End; start += Duration.FromHours(1))
        {
            labels.Add(FromInterval(DeliveryInterval.StartingAt(start, 60), day.Zone));
        }

        return labels;
    }

    /// <summary>Reads an hour as publishers write it: <c>2</c>, <c>02</c>, <c>02:00</c>, <c>HE02</c>, <c>HE 2</c>, <c>24</c>, and
    /// the repeated one as <c>02*</c> (AESO, old ERCOT pages) or <c>02X</c> (ISO New England).</summary>
    public static bool TryParse(LocalDate date, ReadOnlySpan<byte> utf8, out HourEnding label)
    {
        label = default;
        if (!HourText.TryRead(utf8, out var hour, out var isRepeated) || hour is < 1 or > 24)
        {
            return false;
        }

        label = new HourEnding(date, hour, isRepeated);
        return true;
    }

    /// <inheritdoc cref="TryParse(LocalDate, ReadOnlySpan{byte}, out HourEnding)"/>
    public static bool TryParse(LocalDate date, ReadOnlySpan<char> text, out HourEnding label)
    {
        Span<byte> utf8 = stackalloc byte[HourText.MaxLength];
        label = default;
        return HourText.TryToUtf8(text, utf8, out var length) && TryParse(date, utf8[..length], out label);
    }

    /// <exception cref="FormatException">Not an hour ending.</exception>
    public static HourEnding Parse(LocalDate date, string text) =>
        TryParse(date, text, out var label)
            ? label
            : throw new FormatException($"expected an hour ending from 1 to 24 such as 02, 02:00, HE02 or 02*, found '{text}'");

    /// <summary>Day and label: <c>2025-11-02 HE02*</c>.</summary>
    public override string ToString() => $"{Date:uuuu-MM-dd} {Label}";
}

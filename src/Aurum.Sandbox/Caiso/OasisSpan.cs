using System.Text;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>The visible intervals of one operating day inside a request, with their labels ready to be copied into rows.</summary>
internal sealed class OasisSpan
{
    private readonly byte[][] _stamps;
    private readonly byte[][] _dates;
    private readonly byte[][] _hours;
    private readonly byte[][] _numbers;

    /// <param name="day">Operating day.</param>
    /// <param name="first">First start that was asked for, seconds since 1970.</param>
    /// <param name="end">End that was asked for, exclusive.</param>
    /// <param name="seconds">Length of an interval.</param>
    /// <param name="visibleUntil">Last end that is published.</param>
    /// <param name="dice">Chance of the order of rows: OASIS gives them in none.</param>
    public OasisSpan(OperatingDay day, long first, long end, int seconds, long visibleUntil, Dice dice)
    {
        Day = day;
        Seconds = seconds;
        var dayStart = day.Start.ToUnixTimeSeconds();
        var last = Math.Min(Math.Min(end, day.End.ToUnixTimeSeconds()), visibleUntil);
        var starts = new List<long>();
        for (var at = dayStart; at + seconds <= last; at += seconds)
        {
            if (at >= first)
            {
                starts.Add(at);
            }
        }

        Starts = [.. starts];
        Order = [.. Enumerable.Range(0, Starts.Length).OrderBy(i => dice.Bits(Starts[i]))];
        _stamps = [.. Starts.Select(at => Gmt(at)), Starts.Length > 0 ? Gmt(Starts[^1] + seconds) : []];
        _dates = [.. Starts.Select(_ => Encoding.ASCII.GetBytes($"{day.Date:uuuu-MM-dd}"))];
        _hours = [.. Starts.Select(at => Encoding.ASCII.GetBytes($"{OperatingHour(at)}"))];
        var perHour = 3600 / seconds;
        _numbers = [.. Starts.Select(at => Encoding.ASCII.GetBytes($"{(perHour == 1 ? 0 : ((at - dayStart) % 3600 / seconds) + 1)}"))];
    }

    public OperatingDay Day { get; }

    public int Seconds { get; }

    public long[] Starts { get; }

    /// <summary>The order in which a group's rows are written.</summary>
    public int[] Order { get; }

    /// <summary>Start in GMT: <c>2020-05-10T12:00:00-00:00</c>.</summary>
    public ReadOnlySpan<byte> Start(int interval) => _stamps[interval];

    public ReadOnlySpan<byte> End(int interval) => _stamps[interval + 1];

    public ReadOnlySpan<byte> Date(int interval) => _dates[interval];

    /// <summary>OPR_HR: the hour of the day by the wall clock, but 25 for the second of two equal hours.</summary>
    public ReadOnlySpan<byte> Hour(int interval) => _hours[interval];

    /// <summary>OPR_INTERVAL: 0 for hours, else the number of the interval in its hour.</summary>
    public ReadOnlySpan<byte> Number(int interval) => _numbers[interval];

    /// <summary>INTERVAL_NUM of the XML: the number of the interval in its day.</summary>
    public long NumberInDay(int interval) => ((Starts[interval] - Day.Start.ToUnixTimeSeconds()) / Seconds) + 1;

    private static byte[] Gmt(long at) =>
        Encoding.ASCII.GetBytes($"{Instant.FromUnixTimeSeconds(at):uuuu-MM-dd'T'HH:mm:ss}-00:00");

    private int OperatingHour(long at)
    {
        var label = LocalLabel.Of(at, Day.Zone);
        var before = LocalLabel.Of(at - 3600, Day.Zone);
        return before.Hour == label.Hour && before.Day == label.Day ? 25 : label.Hour + 1;
    }
}

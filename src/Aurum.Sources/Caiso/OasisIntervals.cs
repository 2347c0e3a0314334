using System.Runtime.InteropServices;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>The delivery intervals of an OASIS file, each with a small number. The GMT stamps say when; operating day and hour are
/// only compared with them, so that a file whose columns disagree fails.</summary>
/// <remarks>Rows repeat intervals thousands of times, in no order: the texts of an interval seen lately are compared, not parsed
/// again.</remarks>
internal sealed class OasisIntervals
{
    private const int Slots = 1024;
    private const int SlotBytes = 80;
    private const int MaxIntervals = 1_000_000;

    private readonly byte[] _texts = new byte[Slots * SlotBytes];
    private readonly int[] _slotIntervals = new int[Slots];
    private readonly Dictionary<DeliveryInterval, int> _numbers = [];
    private readonly List<DeliveryInterval> _intervals = [];

    public DeliveryInterval this[int number] => _intervals[number];

    /// <summary>The number of the current row's interval, from 0.</summary>
    /// <exception cref="FeedFormatException">A stamp that is none, an end before its start, or an operating day or hour that is
    /// another.</exception>
    public int NumberOf(IOasisRows rows)
    {
        var start = rows[OasisField.Start];
        var slot = SlotOf(start);
        var text = _texts.AsSpan(slot * SlotBytes, SlotBytes);
        var end = rows[OasisField.End];
        var date = rows[OasisField.OperatingDate];
        var hour = rows[OasisField.OperatingHour];
        if (hour.IsEmpty)
        {
            hour = rows[OasisField.IntervalNumber];
        }

        var length = start.Length + end.Length + date.Length + hour.Length;
        if (text[0] == length
            && text.Slice(1, start.Length).SequenceEqual(start)
            && text.Slice(1 + start.Length, end.Length).SequenceEqual(end)
            && text.Slice(1 + start.Length + end.Length, date.Length).SequenceEqual(date)
            && text.Slice(1 + start.Length + end.Length + date.Length, hour.Length).SequenceEqual(hour))
        {
            return _slotIntervals[slot];
        }

        var number = Parse(rows);
        if (length < SlotBytes)
        {
            text[0] = (byte)length;
            start.CopyTo(text[1..]);
            end.CopyTo(text[(1 + start.Length)..]);
            date.CopyTo(text[(1 + start.Length + end.Length)..]);
            hour.CopyTo(text[(1 + start.Length + end.Length + date.Length)..]);
            _slotIntervals[slot] = number;
        }

        return number;
    }

    private static int SlotOf(ReadOnlySpan<byte> start)
    {
        if (start.Length < 16)
        {
            return 0;
        }

        // yyyy-MM-ddTHH:mm: what differs between the stamps of a file lies in the last eight of these bytes and in "MM-dd".
        var hash = MemoryMarshal.Read<ulong>(start[8..]) ^ (MemoryMarshal.Read<ulong>(start[2..]) * 31);
        return (int)((hash * 0x9E3779B97F4A7C15) >> 54);
    }

    private int Parse(IOasisRows rows)
    {
        var start = Stamp(rows, OasisField.Start);
        var end = Stamp(rows, OasisField.End);
        if (end <= start || end - start > LocalSeconds.PerDay)
        {
            throw rows.Unexpected(OasisField.End, "an end after the start, within a day,");
        }

        var delivery = DeliveryInterval.FromUnixSeconds(start, (int)(end - start));
        OperatingLabels.Check(rows, delivery);
        if (_numbers.TryGetValue(delivery, out var number))
        {
            return number;
        }

        if (_intervals.Count >= MaxIntervals)
        {
            throw rows.Unexpected(OasisField.Start, $"at most {MaxIntervals} distinct intervals");
        }

        _intervals.Add(delivery);
        _numbers.Add(delivery, _intervals.Count - 1);
        return _intervals.Count - 1;
    }

    private static long Stamp(IOasisRows rows, OasisField field) =>
        Stamps.TryParseInstant(rows[field], out var seconds)
            ? seconds
            : throw rows.Unexpected(field, "a time like 2020-05-10T12:00:00-00:00");
}

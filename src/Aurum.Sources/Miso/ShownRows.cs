using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>Takes the rows of an answer that shows some days of the publisher's choice, and passes on those of the day asked
/// for.</summary>
internal sealed class ShownRows<TRow>(FeedFile file, IRowOutput<TRow> output)
    where TRow : struct
{
    private readonly RowBuffer<TRow> _rows = new(output);

    private Instant _lastSeen = Instant.MinValue;

    public long Taken => _rows.Total;

    public FeedFile File => file;

    public void Add(DeliveryInterval delivery, in TRow row)
    {
        var start = delivery.Start;
        _lastSeen = start > _lastSeen ? start : _lastSeen;
        if (file.Day is not { } day || (start >= day.Start && start < day.End))
        {
            _rows.Add(row);
        }
    }

    /// <summary>Passes on a row of an answer that shows one moment, where that lies in the day asked for.</summary>
    public void AddOfMoment(in TRow row)
    {
        if (file.Day is not { } day || (_lastSeen >= day.Start && _lastSeen < day.End))
        {
            _rows.Add(row);
        }
    }

    /// <summary>Notes what an answer is about that has no row.</summary>
    public void Saw(Instant instant) => _lastSeen = Instant.Max(_lastSeen, instant);

    public void Flush() => _rows.Flush();

    /// <summary>The outcome without a row of the day asked for: too early, or too late for good.</summary>
    public ParseResult WhyNone() => file.Day is not { } day || _lastSeen == Instant.MinValue
        ? ParseResult.ProvenEmpty($"{file.Name} shows nothing")
        : _lastSeen >= day.End
            ? ParseResult.Unavailable($"{file.Name} no longer shows {day}: it shows {OperatingDay.Of(_lastSeen, day.Zone)}")
            : ParseResult.NotYetPublished($"{file.Name} does not show {day} yet");
}

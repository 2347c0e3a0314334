using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Spp;

/// <summary>The balancing authorities of a forecast file and how far the rows of each have come: a file whose hours do not follow each
/// other has lost some.</summary>
internal sealed class ForecastAreas(CsvReader csv)
{
    private readonly int _authority = csv.Header.Optional("BAA");
    private readonly SppTimes _times = new(csv, 60);
    private readonly NameTable<Area> _areas = new(csv.File, static name => new Area(name), limit: 100);
    private readonly Area _only = new(SppPlaces.East);

    /// <summary>Rows that have a value and no balancing authority in a file that names them.</summary>
    public int Nameless { get; private set; }

    /// <summary>Area and hour of the current row; null where it names no balancing authority.</summary>
    /// <param name="hasValue">Whether the row has a forecast.</param>
    public (Location Place, DeliveryInterval Hour)? Read(bool hasValue)
    {
        var hour = _times.Read();
        if (_authority >= 0 && csv.IsEmpty(_authority))
        {
            Nameless += hasValue ? 1 : 0;
            return null;
        }

        var area = _authority >= 0 ? _areas.Of(csv[_authority], csv.Line) : _only;
        if (area.End is { } end && hour.StartUnixSeconds > end)
        {
            throw new FeedFormatException(
                csv.File, $"{csv.Line}", $"the hour of {area.Place.Id} that begins {Instant.FromUnixTimeSeconds(end)}", $"{hour}");
        }

        area.End = Math.Max(area.End ?? 0, hour.EndUnixSeconds);
        return (area.Place, hour);
    }

    public IReadOnlyList<string> Notes() =>
        Nameless == 0 ? [] : [$"{csv.File}: {Nameless} rows without a balancing authority left out"];

    private sealed class Area(string name)
    {
        public Location Place { get; } = SppPlaces.Authority(name);

        public long? End { get; set; }
    }
}

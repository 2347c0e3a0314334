using Aurum.Market.Feeds;
using Aurum.Market.Series;

namespace Aurum.Sources.Isone;

/// <summary>The quantities that a record gives for one day, each a series: their fields stand behind those that say which day and
/// which series.</summary>
/// <param name="First">Position of the first of them among the fields.</param>
/// <param name="Fields">Names of their fields; the names of the series too. The first of them, the peak load, is in every
/// record.</param>
internal sealed record DailyQuantities(int First, params IReadOnlyList<string> Fields)
{
    /// <summary>The fields as a record may have them: all but the first come and go over the years.</summary>
    public IEnumerable<RecordField> InRecord => Fields.Select((name, i) => new RecordField(name, IsRequired: i == 0));

    /// <summary>Adds a point for each quantity that the record has.</summary>
    /// <param name="record">The record.</param>
    /// <param name="day">Field of its day.</param>
    /// <param name="prefix">Beginning of the series' ids, without a slash at its end.</param>
    /// <param name="series">Series made so far.</param>
    /// <param name="rows">Takes the points.</param>
    public void Add(RecordValues record, int day, string prefix, Dictionary<string, SeriesKey> series, RowBuffer<SeriesPoint> rows)
    {
        var period = record.DayOf(day);
        for (var i = 0; i < Fields.Count; i++)
        {
            if (record[First + i].IsEmpty)
            {
                continue;
            }

            var id = $"{prefix}/{Fields[i]}";
            if (!series.TryGetValue(id, out var key))
            {
                series.Add(id, key = new SeriesKey(id, "MW", Fields[i]));
            }

            rows.Add(new SeriesPoint(key, period, record.Number(First + i)));
        }
    }
}

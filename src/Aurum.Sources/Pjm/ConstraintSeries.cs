using System.Text;
using Aurum.Market.Series;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Pjm;

/// <summary>The series of a file's constraints: a facility that is watched, and the outage that it is watched for.</summary>
/// <remarks>Ids are <c>dataset/facility/contingency</c>; a slash inside a name is written <c>%2F</c>. Blanks stay as PJM writes them:
/// they are part of its names.</remarks>
/// <param name="table">File with monitored_facility and contingency_facility.</param>
/// <param name="dataset">First part of the ids.</param>
/// <param name="unit">Unit of the values.</param>
internal sealed class ConstraintSeries(PjmTable table, string dataset, string unit)
{
    private const byte Between = 0x1F;
    private const int MostConstraints = 100_000;

    private readonly int _facility = table.Header.Required("monitored_facility");
    private readonly int _contingency = table.Header.Required("contingency_facility");
    private readonly NameTable<SeriesKey> _series = new(table.FileName, name => Make(dataset, unit, name), MostConstraints);
    private byte[] _key = new byte[256];

    /// <summary>The series of the current row.</summary>
    public SeriesKey Read()
    {
        var facility = table[_facility];
        var contingency = table[_contingency];
        if (facility.IsEmpty)
        {
            throw table.Unexpected(_facility, "the name of a facility");
        }

        var length = facility.Length + 1 + contingency.Length;
        if (_key.Length < length)
        {
            _key = new byte[length];
        }

        facility.CopyTo(_key);
        _key[facility.Length] = Between;
        contingency.CopyTo(_key.AsSpan(facility.Length + 1));
        return _series.Of(_key.AsSpan(0, length));
    }

    private static SeriesKey Make(string dataset, string unit, string name)
    {
        var parts = name.Split((char)Between);
        var contingency = parts[1].Trim() is { Length: > 0 } outage ? outage : "none";
        return new SeriesKey($"{dataset}/{Escape(parts[0])}/{Escape(contingency)}", unit, $"{parts[0].Trim()} for {contingency}");
    }

    private static string Escape(string name) => new StringBuilder(name.Trim()).Replace("%", "%25").Replace("/", "%2F").ToString();
}

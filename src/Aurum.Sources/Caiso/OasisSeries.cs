using Aurum.Market.Series;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Caiso;

/// <summary>The series of a file, named by the publisher's own words: report, market run, and what a row says of itself.</summary>
/// <param name="file">Name for errors.</param>
/// <param name="prefix">Report, and market run where one report has several: <c>AS_RESULTS/DAM</c>.</param>
/// <param name="unitOf">Unit of a series, from the rest of its name.</param>
/// <param name="parts">Fields that make the rest of the name, in order; none where the report is one series.</param>
internal sealed class OasisSeries(string file, string prefix, Func<string, string> unitOf, params OasisField[] parts)
{
    private const int MaxNameBytes = 512;

    private readonly NameTable<SeriesKey> _series = new(file, name => new SeriesKey($"{prefix}/{name}", unitOf(name)), limit: 100_000);
    private readonly SeriesKey? _only = parts.Length == 0 ? new SeriesKey(prefix, unitOf(prefix)) : null;
    private readonly byte[] _name = new byte[MaxNameBytes];

    public SeriesKey Of(IOasisRows rows) => _only ?? Named(rows);

    private SeriesKey Named(IOasisRows rows)
    {
        var length = 0;
        foreach (var part in parts)
        {
            var text = rows[part].Trim((byte)' ');
            if (text.IsEmpty || text.Contains((byte)'/') || length + text.Length >= MaxNameBytes)
            {
                throw rows.Unexpected(part, "a name, without a slash,");
            }

            if (length > 0)
            {
                _name[length++] = (byte)'/';
            }

            text.CopyTo(_name.AsSpan(length));
            length += text.Length;
        }

        var name = _name.AsSpan(0, length);
        return _series.Find(name) ?? _series.Add(name, rows.Line);
    }
}

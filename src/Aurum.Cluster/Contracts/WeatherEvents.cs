using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store.Avro;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of NOAA's daily weather as events of <c>noaa.weather.v1</c>, with station and element as key.</summary>
/// <remarks>A series is <c>ghcnd/USW00094728/TMAX</c>; another form has no event. An element that the contract's enum lacks is UNKNOWN,
/// and named in the attributes. Values are in the unit beside them, tenths are divided already; the unit of a code without one is empty.
/// Name and place of the station are those of NOAA's catalog where the store has it.</remarks>
internal sealed class WeatherEvents(FeedId id, IReadOnlyList<ResultColumn> columns, Stations stations, EventSchemaIds ids) : IRowEvents
{
    private const byte Slash = (byte)'/';
    private const byte Comma = (byte)',';
    private const int MaxDatasetBytes = 32;

    private readonly SeriesCells _cells = new(id, columns);
    private readonly int _schemaId = ids(EventTopics.Find(EventTopics.WeatherTopic));
    private readonly Utf8Table<Element> _elements = new();

    public EventTopic Topic { get; } = EventTopics.Find(EventTopics.WeatherTopic);

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var series = _cells.Series(rows, row);
        var first = series.IndexOf(Slash);
        var last = series.LastIndexOf(Slash);
        if (first <= 0 || first > MaxDatasetBytes || last <= first + 1 || last == series.Length - 1)
        {
            return false;
        }

        var station = series[(first + 1)..last];
        var code = series[(last + 1)..];
        var (known, _, _) = _cells.Stamps(rows, row);
        var key = output.BeginKey(Topic, known);
        key.WriteRaw(station);
        key.WriteByte((byte)'|');
        key.WriteRaw(code);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteBytes(station);
        WriteStation(value, stations.Find(station));
        WriteUpper(value, series[..first]);
        value.WriteLong(EventCells.UtcDay(_cells.Start(rows, row)));
        var element = ElementOf(code);
        value.WriteLong(element.Symbol);
        value.OptionalNumber(_cells.Value(rows, row));
        value.Null();
        value.WriteBytes(_cells.Unit(rows, row));
        value.Null();
        WriteFlags(value, _cells.Flags(rows, row));
        _cells.WriteMetadata(value, rows, row, element.Unlisted);
        value.WriteLong(known);
        output.End();
        return true;
    }

    private static void WriteStation(AvroBuffer value, Station? station)
    {
        value.OptionalText(station?.Name);
        value.OptionalNumber(station?.LatitudeDegrees ?? double.NaN);
        value.OptionalNumber(station?.LongitudeDegrees ?? double.NaN);
        value.OptionalNumber(station?.ElevationMetres ?? double.NaN);
    }

    private static void WriteUpper(AvroBuffer value, ReadOnlySpan<byte> text)
    {
        Span<byte> upper = stackalloc byte[MaxDatasetBytes];
        Ascii.ToUpper(text, upper, out var length);
        value.WriteBytes(upper[..length]);
    }

    /// <summary>Flags of measurement, quality and source, with commas between; what is not there is null.</summary>
    private static void WriteFlags(AvroBuffer value, ReadOnlySpan<byte> flags)
    {
        for (var i = 0; i < 3; i++)
        {
            var end = flags.IndexOf(Comma);
            value.OptionalText(end < 0 ? flags : flags[..end]);
            flags = end < 0 ? default : flags[(end + 1)..];
        }
    }

    private Element ElementOf(ReadOnlySpan<byte> code)
    {
        if (!_elements.TryGet(code, out var element))
        {
            var symbol = Topic.Contract.SymbolIndex("element", Encoding.UTF8.GetString(code), "UNKNOWN");
            var isListed = symbol != Topic.Contract.SymbolIndex("element", "UNKNOWN");
            _elements.Add(code, element = new Element(symbol, isListed ? [] : code.ToArray()));
        }

        return element;
    }

    /// <param name="Symbol">Index in the enum.</param>
    /// <param name="Unlisted">The code, where the enum lacks it; else empty.</param>
    private sealed record Element(int Symbol, byte[] Unlisted);
}

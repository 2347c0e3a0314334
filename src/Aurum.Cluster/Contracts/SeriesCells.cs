using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Store.Avro;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Cells of <c>timeseries_observation</c>, for the contracts that its rows are events of.</summary>
internal sealed class SeriesCells
{
    private readonly (int Id, int Start, int End, int Issued, int Value, int Unit, int Flags) _at;
    private readonly RowStamps _stamps;
    private readonly Utf8Table<Canonical> _units = new();

    public SeriesCells(FeedId feed, IReadOnlyList<ResultColumn> columns)
    {
        var at = new RowColumns(columns);
        _at = (at["series_id"], at["interval_start_utc"], at["interval_end_utc"], at["issued_at_utc"], at["value"], at["unit"],
            at["flags"]);
        _stamps = new RowStamps(at);
        (Provider, Feed) = (Encoding.UTF8.GetBytes(feed.Publisher), Encoding.UTF8.GetBytes(feed.Text));
    }

    /// <summary>UTF-8.</summary>
    public byte[] Provider { get; }

    /// <summary>UTF-8.</summary>
    public byte[] Feed { get; }

    public ReadOnlySpan<byte> Series(RowReader rows, int row) => rows.Text(_at.Id, row);

    public long Start(RowReader rows, int row) => rows.InstantMicros(_at.Start, row);

    public long End(RowReader rows, int row) => rows.InstantMicros(_at.End, row);

    public long? Issued(RowReader rows, int row) => rows.MicrosOrNull(_at.Issued, row);

    public double Value(RowReader rows, int row) => rows.NumberOrNaN(_at.Value, row);

    public ReadOnlySpan<byte> Unit(RowReader rows, int row) => rows.Text(_at.Unit, row);

    public ReadOnlySpan<byte> Flags(RowReader rows, int row) => rows.Text(_at.Flags, row);

    public (long KnownMicros, long Revision, long File) Stamps(RowReader rows, int row) => _stamps.Of(rows, row);

    /// <summary>The unit under one name for all providers; as the provider writes it where that is not known, and where the values
    /// would have to be multiplied for it.</summary>
    public ReadOnlySpan<byte> UnitCode(RowReader rows, int row) =>
        CanonicalOf(rows, row) is { Factor: 1 } known ? known.Code : Unit(rows, row);

    /// <summary>What the unit means; null: not known.</summary>
    public Canonical? CanonicalOf(RowReader rows, int row)
    {
        var unit = Unit(rows, row);
        if (!_units.TryGet(unit, out var found))
        {
            found = SeriesUnit.Find(Encoding.UTF8.GetString(unit)) is { } known
                ? new Canonical(Encoding.UTF8.GetBytes(known.Code), known.Factor)
                : new Canonical([], double.NaN);
            _units.Add(unit, found);
        }

        return found.Code.Length > 0 ? found : null;
    }

    /// <summary>The metadata as an optional map: feed, revision, end of the period, unit as the provider writes it, the issue, and
    /// the provider's code of what was observed.</summary>
    public void WriteMetadata(AvroBuffer output, RowReader rows, int row, ReadOnlySpan<byte> element = default)
    {
        var unit = Unit(rows, row);
        var issued = Issued(rows, row);
        output.WriteLong(1);
        output.WriteLong(3 + (unit.IsEmpty ? 0 : 1) + (issued is null ? 0 : 1) + (element.IsEmpty ? 0 : 1));
        output.WriteBytes("feed"u8);
        output.WriteBytes(Feed);
        output.WriteBytes("revision"u8);
        output.WriteDigits(_stamps.Of(rows, row).Revision);
        output.WriteBytes("period_end"u8);
        output.WriteStamp(End(rows, row));
        if (!unit.IsEmpty)
        {
            output.WriteBytes("unit"u8);
            output.WriteBytes(unit);
        }

        if (issued is { } instant)
        {
            output.WriteBytes("issued_at"u8);
            output.WriteStamp(instant);
        }

        if (!element.IsEmpty)
        {
            output.WriteBytes("element"u8);
            output.WriteBytes(element);
        }

        output.WriteLong(0);
    }
}

/// <summary>A unit under one name for all providers.</summary>
/// <param name="Code">UTF-8.</param>
/// <param name="Factor">A value of the provider times this is in that unit.</param>
internal sealed record Canonical(byte[] Code, double Factor);

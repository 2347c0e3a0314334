using Aurum.Store.Avro;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Cells that all rows of market operators have: place, interval, and what the store says of the row.</summary>
internal sealed class IsoCells(RowColumns at)
{
    private readonly (int Place, int Type, int Start, int End) _at =
        (at["location_id"], at["location_type"], at["interval_start_utc"], at["interval_end_utc"]);

    private readonly RowStamps _stamps = new(at);

    public ReadOnlySpan<byte> Place(RowReader rows, int row) => rows.Text(_at.Place, row);

    public ReadOnlySpan<byte> Type(RowReader rows, int row) => rows.Text(_at.Type, row);

    /// <summary>Microseconds since 1970.</summary>
    public long Start(RowReader rows, int row) => rows.InstantMicros(_at.Start, row);

    /// <summary>Microseconds since 1970.</summary>
    public long End(RowReader rows, int row) => rows.InstantMicros(_at.End, row);

    public (long KnownMicros, long Revision, long File) Stamps(RowReader rows, int row) => _stamps.Of(rows, row);

    /// <summary>The fields <c>interval_start</c>, <c>interval_end</c> and <c>interval_minutes</c>.</summary>
    public void WriteInterval(AvroBuffer value, RowReader rows, int row)
    {
        var (start, end) = (Start(rows, row), End(rows, row));
        value.WriteLong(start);
        value.OptionalLong(end);
        value.OptionalLong((end - start) / EventCells.MicrosPerMinute);
    }
}

using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Ercot;

/// <summary>The settlement points that a file names, by name and type: 12 names stand under two types in every real-time file,
/// with prices of their own, and must stay apart.</summary>
/// <remarks>
/// <para>Types: HU, SH, AH (hub, bus average, hub average) are hubs. LZ and LZ_DC (load zone, tie as load zone) are zones. LZEW
/// and LZ_DCEW, the same places weighted by energy, are aggregates. RN, PCCRN, LCCRN, PUN (resource nodes, combined cycle parts,
/// private networks) are nodes.</para>
/// <para>Without a type (day-ahead and SCED files): <c>HB_</c> is a hub, <c>LZ_</c> and <c>DC_</c> are zones, all else are nodes,
/// so that a place has one kind in all files.</para>
/// </remarks>
internal sealed class SettlementPoints(string file)
{
    private const byte Between = 0x1F;
    private const int MostPoints = 100_000;

    private readonly Utf8Table<Location> _points = new(MostPoints);
    private byte[] _key = new byte[96];

    public Location Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> type)
    {
        var length = name.Length + 1 + type.Length;
        if (_key.Length < length)
        {
            _key = new byte[length];
        }

        name.CopyTo(_key);
        _key[name.Length] = Between;
        type.CopyTo(_key.AsSpan(name.Length + 1));
        var key = _key.AsSpan(0, length);
        if (!_points.TryGet(key, out var point))
        {
            point = Make(name, type);
            _points.Add(key, point);
        }

        return point;
    }

    public static LocationType TypeOf(string name, string type) => type switch
    {
        "HU" or "SH" or "AH" => LocationType.Hub,
        "LZ" or "LZ_DC" => LocationType.Zone,
        "LZEW" or "LZ_DCEW" => LocationType.Aggregate,
        "RN" or "PCCRN" or "LCCRN" or "PUN" => LocationType.Node,
        "" when name.StartsWith("HB_", StringComparison.Ordinal) => LocationType.Hub,
        "" when name.StartsWith("LZ_", StringComparison.Ordinal) => LocationType.Zone,
        "" when name.StartsWith("DC_", StringComparison.Ordinal) => LocationType.Zone,
        "" => LocationType.Node,
        _ => LocationType.Other,
    };

    private Location Make(ReadOnlySpan<byte> name, ReadOnlySpan<byte> type)
    {
        if (name.IsEmpty)
        {
            throw new FeedFormatException(file, "", "the name of a settlement point", "nothing");
        }

        var id = Encoding.UTF8.GetString(name);
        return new Location(id, TypeOf(id, Encoding.UTF8.GetString(type)));
    }
}

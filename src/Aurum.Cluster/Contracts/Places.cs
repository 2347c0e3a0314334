using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Names of an operator's places, found by the bytes of their id and type.</summary>
internal sealed class Places
{
    /// <summary>No operator's: every place is unknown.</summary>
    public static readonly Places None = new();

    private const int MaxKeyBytes = 512;
    private const byte Between = (byte)'\n';

    private readonly Utf8Table<Place> _places = new();

    /// <summary>The places of an operator as they are now.</summary>
    /// <param name="reader">Store.</param>
    /// <param name="isoCode">Operator: <c>CAISO</c>.</param>
    /// <param name="cancel">Ends it.</param>
    public static Places Read(StoreReader reader, string isoCode, CancellationToken cancel)
    {
        var places = new Places();
        using var rows = reader.Sql(
            $"""
            SELECT location_id, location_type, coalesce(name, '') AS name, coalesce(zone, '') AS zone, coalesce(hub, '') AS hub
            FROM locations_current WHERE iso_code = '{isoCode.Replace("'", "''", StringComparison.Ordinal)}'
            """,
            cancel: cancel);
        Span<byte> key = stackalloc byte[MaxKeyBytes];
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var found = Key(key, rows.Text(0, i), rows.Text(1, i));
                if (!found.IsEmpty && !places._places.TryGet(found, out _))
                {
                    places._places.Add(found, new Place(rows.Text(2, i).ToArray(), rows.Text(3, i).ToArray(), rows.Text(4, i).ToArray()));
                }
            }
        }

        return places;
    }

    /// <summary>A place; null: not known.</summary>
    public Place? Find(ReadOnlySpan<byte> id, ReadOnlySpan<byte> type)
    {
        Span<byte> room = stackalloc byte[MaxKeyBytes];
        return _places.TryGet(Key(room, id, type), out var place) ? place : null;
    }

    /// <summary>Empty: too long to be one.</summary>
    private static ReadOnlySpan<byte> Key(Span<byte> room, ReadOnlySpan<byte> id, ReadOnlySpan<byte> type)
    {
        if (id.Length + 1 + type.Length > room.Length)
        {
            return default;
        }

        id.CopyTo(room);
        room[id.Length] = Between;
        type.CopyTo(room[(id.Length + 1)..]);
        return room[..(id.Length + 1 + type.Length)];
    }
}

/// <summary>What is known of a place; empty: not known.</summary>
internal sealed record Place(byte[] Name, byte[] Zone, byte[] Hub);

using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Locations;

namespace Aurum.App.Api.Rows;

/// <summary>Names of places for people, from the registry, kept in memory and read again when they are older than a quarter
/// minute.</summary>
internal sealed class LocationNames(AurumStore store, TimeProvider time)
{
    /// <summary>Places kept at most.</summary>
    private const int MaxPlaces = 500_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private Utf8Table<byte[]> _names = new(MaxPlaces);
    private long? _readAt;

    /// <summary>The names as they are now; safe to keep for one answer.</summary>
    public Snapshot Current()
    {
        lock (_lock)
        {
            if (_readAt is not { } at || time.GetElapsedTime(at) > MaxAge)
            {
                _names = Read();
                _readAt = time.GetTimestamp();
            }

            return new Snapshot(_names);
        }
    }

    private static int Key(Span<byte> to, ReadOnlySpan<byte> iso, ReadOnlySpan<byte> type, ReadOnlySpan<byte> id)
    {
        iso.CopyTo(to);
        to[iso.Length] = (byte)'|';
        type.CopyTo(to[(iso.Length + 1)..]);
        to[iso.Length + 1 + type.Length] = (byte)'|';
        id.CopyTo(to[(iso.Length + type.Length + 2)..]);
        return iso.Length + type.Length + id.Length + 2;
    }

    private Utf8Table<byte[]> Read()
    {
        var names = new Utf8Table<byte[]>(MaxPlaces);
        Span<byte> key = stackalloc byte[Snapshot.MaxKeyBytes];
        foreach (var place in store.Locations.List(new LocationQuery { Limit = MaxPlaces }))
        {
            var (iso, type, id) = (Utf8(place.Iso), Utf8(place.LocationType), Utf8(place.LocationId));
            if (iso.Length + type.Length + id.Length + 2 > key.Length)
            {
                continue;
            }

            var bytes = key[..Key(key, iso, type, id)];
            if (!names.TryGet(bytes, out _))
            {
                names.Add(bytes, Utf8(place.Name));
            }
        }

        return names;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The names at one moment.</summary>
    internal readonly struct Snapshot(Utf8Table<byte[]> names)
    {
        public const int MaxKeyBytes = 512;

        /// <summary>The name of a place, its id where the registry has none.</summary>
        public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> iso, ReadOnlySpan<byte> type, ReadOnlySpan<byte> id)
        {
            Span<byte> key = stackalloc byte[MaxKeyBytes];
            return iso.Length + type.Length + id.Length + 2 <= key.Length
                && names.TryGet(key[..Key(key, iso, type, id)], out var name)
                ? name
                : id;
        }

        public string Of(string iso, string type, string id) => Encoding.UTF8.GetString(Of(Utf8(iso), Utf8(type), Utf8(id)));
    }
}

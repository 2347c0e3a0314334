using System.Buffers.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Weather stations of NOAA's catalog, found by the bytes of their id.</summary>
internal sealed class Stations
{
    /// <summary>Every station is unknown.</summary>
    public static readonly Stations None = new();

    private const string Prefix = "station/";

    private readonly Utf8Table<Station> _stations = new();

    /// <summary>The stations as the catalog has them now.</summary>
    public static Stations Read(StoreReader reader, CancellationToken cancel)
    {
        var stations = new Stations();
        using var rows = reader.Sql(
            $"""
            SELECT series_id, title, metadata FROM series_catalog_current
            WHERE provider = 'noaa' AND series_id LIKE '{Prefix}%' ORDER BY series_id
            """,
            cancel: cancel);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var id = rows.Text(0, i)[Prefix.Length..];
                id = id[(id.IndexOf((byte)':') + 1)..];
                if (!stations._stations.TryGet(id, out _))
                {
                    stations._stations.Add(id, Of(rows.Text(1, i), rows.Text(2, i)));
                }
            }
        }

        return stations;
    }

    /// <summary>A station; null: the catalog has it not.</summary>
    public Station? Find(ReadOnlySpan<byte> id) => _stations.TryGet(id, out var station) ? station : null;

    /// <summary>The catalog's metadata are a JSON object of texts.</summary>
    private static Station Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> metadata)
    {
        var (latitude, longitude, elevation) = (double.NaN, double.NaN, double.NaN);
        var json = new Utf8JsonReader(metadata.IsEmpty ? "{}"u8 : metadata);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                var field = json.GetString();
                json.Read();
                if (json.TokenType == JsonTokenType.String && Utf8Parser.TryParse(json.ValueSpan, out double number, out _))
                {
                    latitude = field == "latitude" ? number : latitude;
                    longitude = field == "longitude" ? number : longitude;
                    elevation = field == "elevation_m" ? number : elevation;
                }
            }
        }

        return new Station(name.ToArray(), latitude, longitude, elevation);
    }
}

/// <summary>What is known of a station.</summary>
/// <param name="Name">UTF-8.</param>
/// <param name="LatitudeDegrees">Degrees north; NaN: not known.</param>
/// <param name="LongitudeDegrees">Degrees east; NaN: not known.</param>
/// <param name="ElevationMetres">Above the sea; NaN: not known.</param>
internal sealed record Station(byte[] Name, double LatitudeDegrees, double LongitudeDegrees, double ElevationMetres);

using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Store.Avro;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Rows of <c>series_catalog</c> as events of <c>ExtSeriesCatalogUpsertV1</c>, with provider and series as key.</summary>
/// <remarks>Days of the provider are midnights in UTC. When the entry was first known is not in the row, so <c>created_at</c> is
/// null but for a first revision.</remarks>
internal sealed class CatalogEvents : IRowEvents
{
    private readonly int _schemaId;
    private readonly RowStamps _stamps;
    private readonly byte[] _provider;
    private readonly (int Dataset, int Description) _before;
    private readonly int[] _afterUnit;
    private readonly int[] _dates;
    private readonly (int Series, int Title, int Unit, int UnitCode, int Updated, int Iso, int Tags, int Metadata) _cells;

    public CatalogEvents(FeedId feed, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids)
    {
        Topic = EventTopics.Find(EventTopics.CatalogTopic);
        _schemaId = ids(Topic);
        _provider = Encoding.UTF8.GetBytes(feed.Publisher);
        var at = new RowColumns(columns);
        _stamps = new RowStamps(at);
        _cells = (at["series_id"], at["title"], at["unit"], at["unit_code"], at["updated_at"], at["iso_code"], at["tags"],
            at["metadata"]);
        _before = (at["dataset_code"], at["description"]);
        _afterUnit = [at["frequency_code"], at["geo_id"], at["status"], at["category"], at["source_url"], at["notes"]];
        _dates = [at["start_date"], at["end_date"], at["last_observation_date"]];
    }

    public EventTopic Topic { get; }

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var (known, revision, _) = _stamps.Of(rows, row);
        var series = rows.Text(_cells.Series, row);
        var key = output.BeginKey(Topic, known);
        key.WriteRaw(_provider);
        key.WriteByte((byte)'|');
        key.WriteRaw(series);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteBytes(_provider);
        value.WriteBytes(series);
        value.OptionalText(rows.Text(_before.Dataset, row));
        value.WriteBytes(rows.Text(_cells.Title, row));
        value.OptionalText(rows.Text(_before.Description, row));
        var code = rows.Text(_cells.UnitCode, row);
        value.OptionalText(code.IsEmpty ? rows.Text(_cells.Unit, row) : code);
        WriteTexts(value, rows, row, _afterUnit);
        foreach (var date in _dates)
        {
            value.OptionalLong(EventCells.Day(rows.Text(date, row)) * EventCells.MicrosPerDay);
        }

        value.OptionalLong(EventCells.UtcDay(known));
        value.OptionalLong(revision == 1 ? known : null);
        value.OptionalLong(rows.MicrosOrNull(_cells.Updated, row) ?? known);
        value.WriteLong(known);
        value.OptionalText(rows.Text(_cells.Iso, row));
        for (var i = 0; i < 10; i++)
        {
            // The provider's entry says nothing of market, product, place, clock, interval, unit, subject and role.
            value.Null();
        }

        WriteTags(value, rows.Text(_cells.Tags, row));
        WriteMetadata(value, rows.Text(_cells.Metadata, row));
        value.OptionalLong(revision);
        output.End();
        return true;
    }

    private static void WriteTexts(AvroBuffer value, RowReader rows, int row, int[] columns)
    {
        foreach (var column in columns)
        {
            value.OptionalText(rows.Text(column, row));
        }
    }

    /// <summary>Words with semicolons between them.</summary>
    private static void WriteTags(AvroBuffer value, ReadOnlySpan<byte> tags)
    {
        if (tags.IsEmpty)
        {
            value.Null();
            return;
        }

        value.WriteLong(1);
        value.WriteLong(1 + tags.Count((byte)';'));
        foreach (var tag in tags.Split((byte)';'))
        {
            value.WriteBytes(tags[tag].Trim((byte)' '));
        }

        value.WriteLong(0);
    }

    /// <summary>A JSON object of texts; anything else stands whole under <c>json</c>.</summary>
    private static void WriteMetadata(AvroBuffer value, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            value.Null();
            return;
        }

        value.WriteLong(1);
        var start = value.Length;
        if (!TryWriteTexts(value, json))
        {
            value.Truncate(start);
            value.WriteLong(1);
            value.WriteBytes("json"u8);
            value.WriteBytes(json);
        }

        value.WriteLong(0);
    }

    /// <summary>Each entry in a block of its own: their number is not known before.</summary>
    private static bool TryWriteTexts(AvroBuffer value, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                value.WriteLong(1);
                value.WriteText(reader.GetString()!);
                if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                {
                    return false;
                }

                value.WriteText(reader.GetString()!);
            }

            return reader.TokenType == JsonTokenType.EndObject && reader.BytesConsumed == json.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

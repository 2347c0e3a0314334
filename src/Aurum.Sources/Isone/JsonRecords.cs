using System.Text;
using System.Text.Json;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Isone;

/// <summary>Reads the records of a web service answer in JSON, and of the answers that the publisher's web pages get.</summary>
/// <remarks>
/// <para>Web service: <c>{"HourlyLmps":{"HourlyLmp":[{...},{...}]}}</c>; a single record is an object and no list; no record is an
/// empty text or an empty list. The newest record alone may come without the outer name.</para>
/// <para>Pages: <c>[{"data":{"actual":[{...}],"forecast":[{...}]}}]</c>.</para>
/// <para>A place is an object, <c>"Location":{"@LocId":"4000","@LocType":"HUB","$":".H.INTERNAL_HUB"}</c>, and is read as three more
/// fields of its record. Other objects in a record are passed over.</para>
/// </remarks>
internal static class JsonRecords
{
    /// <summary>Depth of the lists' names in a page's answer: inside a list, an element and its data.</summary>
    private const int PageDepth = 3;

    /// <exception cref="Aurum.Market.Feeds.FeedFormatException">Not JSON, cut, or a record that is not what the shape says.</exception>
    public static RecordsFound Read(Stream content, RecordValues record, Action onRecord)
    {
        var found = new RecordsFound();
        var json = new JsonStream(content, record.File);
        try
        {
            json.ReadRequired();
            if (json.Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                throw json.Unexpected("an object");
            }

            ReadDocument(ref json, found, record, onRecord);
        }
        finally
        {
            json.Dispose();
        }

        return found;
    }

    private static void ReadDocument(ref JsonStream json, RecordsFound found, RecordValues record, Action onRecord)
    {
        var shape = record.Shape;
        var list = Encoding.UTF8.GetBytes(shape.List);
        var name = Encoding.UTF8.GetBytes(shape.Record);
        var page = Encoding.UTF8.GetBytes(shape.PageList);
        var isPage = json.Token == JsonTokenType.StartArray;
        while (json.Read())
        {
            if (json.Token != JsonTokenType.PropertyName)
            {
                continue;
            }

            var isWanted = isPage
                ? page.Length > 0 && json.Depth == PageDepth && (shape.PageList == RecordShape.AnyList || json.IsProperty(page))
                : json.IsProperty(name);
            if (isWanted)
            {
                found.HasList = true;
                ReadRecords(ref json, record, onRecord);
            }
            else if (json.IsProperty(list))
            {
                found.HasList = true;
            }
            else
            {
                PassOver(ref json, found);
            }
        }
    }

    /// <summary>Passes over a value that is no object; what is inside an object is looked at.</summary>
    private static void PassOver(ref JsonStream json, RecordsFound found)
    {
        var name = json.Text();
        json.ReadRequired();
        if (!found.HasList)
        {
            found.Other(name, json.Token == JsonTokenType.String ? json.Text() : "");
        }
    }

    private static void ReadRecords(ref JsonStream json, RecordValues record, Action onRecord)
    {
        json.ReadRequired();
        switch (json.Token)
        {
            case JsonTokenType.StartArray:
                for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
                {
                    json.Require(JsonTokenType.StartObject);
                    ReadRecord(ref json, record, onRecord);
                }

                break;
            case JsonTokenType.StartObject:
                ReadRecord(ref json, record, onRecord);
                break;
            case JsonTokenType.Null:
            case JsonTokenType.String when json.Utf8().Trim((byte)' ').IsEmpty:
                break;
            default:
                throw json.Unexpected("records");
        }
    }

    private static void ReadRecord(ref JsonStream json, RecordValues record, Action onRecord)
    {
        record.Begin();
        ReadFields(ref json, record);
        record.End();
        onRecord();
    }

    private static void ReadFields(ref JsonStream json, RecordValues record)
    {
        for (json.ReadRequired(); json.Token != JsonTokenType.EndObject; json.ReadRequired())
        {
            var isPlace = json.IsProperty("Location"u8);
            json.ReadRequired();
            if (json.Token == JsonTokenType.StartObject && isPlace)
            {
                ReadFields(ref json, record);
            }
            else if (json.Token is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                json.Skip();
            }
            else
            {
                record.Take(json.Property, json.Utf8());
            }
        }
    }
}

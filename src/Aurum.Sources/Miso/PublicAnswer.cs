using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Miso;

/// <summary>Reads an answer from its opening brace to its closing one.</summary>
/// <param name="json">The answer, on its opening brace.</param>
/// <param name="rows">Takes its rows.</param>
/// <returns>Notes for a person.</returns>
internal delegate IEnumerable<string> AnswerReader<TRow>(ref JsonStream json, ShownRows<TRow> rows)
    where TRow : struct;

/// <summary>Reads one value of an object or a list; leaves the stream on its last token.</summary>
internal delegate void JsonPart(ref JsonStream json);

/// <summary>JSON answers of MISO: what the web site shows, and pages of the Data Exchange.</summary>
internal static class PublicAnswer
{
    /// <exception cref="FeedFormatException">Not the form that the feed documents.</exception>
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, AnswerReader<TRow> read)
        where TRow : struct
    {
        var rows = new ShownRows<TRow>(file, output);
        IReadOnlyList<string> notes = [];
        if (Read(file, (ref JsonStream json) => notes = [.. read(ref json, rows)]) is { } refusal)
        {
            return refusal;
        }

        rows.Flush();
        return rows.Taken > 0 ? ParseResult.DataWith(notes) : rows.WhyNone();
    }

    /// <summary>Opens an answer and reads it to its end.</summary>
    /// <returns>The outcome where a server sent something else with status 200; null where it was read.</returns>
    public static ParseResult? Read(FeedFile file, JsonPart read, bool toItsEnd = true)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "JSON", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        var json = new JsonStream(entry.Content, entry.Name);
        try
        {
            Open(ref json, JsonTokenType.StartObject);
            read(ref json);
            if (toItsEnd && json.Read())
            {
                throw json.Unexpected("the end of the file");
            }
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new FeedFormatException(entry.Name, "", "times that can be", e.Message, e);
        }
        finally
        {
            json.Dispose();
        }

        return null;
    }

    /// <summary>Moves to the next property of an object; false at its closing brace.</summary>
    public static bool Next(ref JsonStream json)
    {
        json.ReadRequired();
        return json.Token == JsonTokenType.PropertyName;
    }

    /// <summary>Moves to an opening brace or bracket.</summary>
    public static void Open(ref JsonStream json, JsonTokenType token)
    {
        json.ReadRequired();
        json.Require(token);
    }

    /// <summary>Reads the objects of the list behind the current property name: calls back on each opening brace.</summary>
    public static void ReadList(ref JsonStream json, JsonPart readObject)
    {
        Open(ref json, JsonTokenType.StartArray);
        for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
        {
            json.Require(JsonTokenType.StartObject);
            readObject(ref json);
        }
    }

    /// <summary>From the name of a property whose value is an object, or from the opening brace of an object: calls back on the one
    /// property that is looked for, passes over the others, and fails where there is none.</summary>
    public static void Find(ref JsonStream json, ReadOnlySpan<byte> name, JsonPart read)
    {
        if (json.Token == JsonTokenType.PropertyName)
        {
            Open(ref json, JsonTokenType.StartObject);
        }

        var found = false;
        while (Next(ref json))
        {
            if (!found && json.IsProperty(name))
            {
                found = true;
                read(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        if (!found)
        {
            throw new FeedFormatException(json.File, "", $"a property {Encoding.UTF8.GetString(name)}", "none");
        }
    }
}

using System.Text;
using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Aeso;

/// <summary>The fields of a report of AESO's API that a feed needs: the beginning of an interval and one number.</summary>
/// <param name="Name">The report's name: <c>Pool Price Report</c>.</param>
/// <param name="Value">Field of the number.</param>
/// <param name="Known">Fields that the feed knows and does not need.</param>
internal sealed record AesoReport(string Name, string Value, IReadOnlyList<string> Known)
{
    private const string Begin = "begin_datetime_utc";

    private readonly byte[] _value = Encoding.UTF8.GetBytes(Value);
    private readonly byte[][] _known = [.. Known.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether a file is this report: JSON that names it.</summary>
    public bool Recognizes(FileHead head) => AesoText.IsJson(head) && head.Has($"\"{Name}\"");

    /// <summary>Reads the report to its end: <c>{"return": {"Pool Price Report": [{"begin_datetime_utc": "2022-03-18 10:00", ...
    /// </c>; numbers may stand in quotes. The envelope's other fields are passed over.</summary>
    /// <param name="file">The file.</param>
    /// <param name="onRow">Takes the beginning, seconds since 1970 UTC, and the number; NaN where there is none.</param>
    /// <returns>Unknown fields; or a refusal.</returns>
    /// <exception cref="FeedFormatException">Not the report.</exception>
    public (ParseResult? Refusal, IReadOnlyList<string> Notes) Read(FeedFile file, Action<long, double> onRow)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "a report", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return (refusal, []);
        }

        var json = new JsonStream(entry.Content, entry.Name);
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            json.ReadRequired();
            json.Require(JsonTokenType.StartObject);
            ReadEnvelope(ref json, unknown, onRow);
            return (null, [.. unknown.Select(field => $"{entry.Name}: unknown field {field}")]);
        }
        finally
        {
            json.Dispose();
        }
    }

    /// <summary>The report stands in <c>return</c>, or at the top in older answers.</summary>
    private void ReadEnvelope(ref JsonStream json, SortedSet<string> unknown, Action<long, double> onRow)
    {
        var hasReport = false;
        var fields = new List<string>();
        while (json.Read())
        {
            if (json.Token != JsonTokenType.PropertyName)
            {
                continue;
            }

            var name = json.Text();
            if (name == Name)
            {
                hasReport = true;
                json.ReadRequired();
                ReadRows(ref json, unknown, onRow);
            }
            else if (name == "return" && json.Depth == 1)
            {
                json.ReadRequired();
                json.Require(JsonTokenType.StartObject);
            }
            else
            {
                fields.Add(name);
                json.Skip();
            }
        }

        if (!hasReport)
        {
            throw new FeedFormatException(json.File, "", $"a field {Name}", Nearest(Name, fields));
        }
    }

    private void ReadRows(ref JsonStream json, SortedSet<string> unknown, Action<long, double> onRow)
    {
        json.Require(JsonTokenType.StartArray);
        for (json.ReadRequired(); json.Token != JsonTokenType.EndArray; json.ReadRequired())
        {
            json.Require(JsonTokenType.StartObject);
            long? begin = null;
            double? value = null;
            for (json.ReadRequired(); json.Token != JsonTokenType.EndObject; json.ReadRequired())
            {
                ReadField(ref json, unknown, ref begin, ref value);
            }

            onRow(
                begin ?? throw Missing(json.File, Begin, unknown),
                value ?? throw Missing(json.File, Value, unknown));
        }
    }

    private void ReadField(ref JsonStream json, SortedSet<string> unknown, ref long? begin, ref double? value)
    {
        if (json.IsProperty("begin_datetime_utc"u8))
        {
            json.ReadRequired();
            begin = AesoText.Utc(ref json);
            return;
        }

        if (json.IsProperty(_value))
        {
            json.ReadRequired();
            value = AesoText.NumberOrNaN(ref json);
            return;
        }

        if (!IsKnown(json.Property) && unknown.Count < 100)
        {
            unknown.Add(json.Text());
        }

        json.ReadRequired();
        json.Skip();
    }

    private bool IsKnown(ReadOnlySpan<byte> name)
    {
        foreach (var known in _known)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    private static FeedFormatException Missing(string file, string field, IEnumerable<string> unknown) =>
        new(file, "", $"a field {field} in every row", Nearest(field, unknown));

    private static string Nearest(string name, IEnumerable<string> others) =>
        NearestName.To(name, others) is { } nearest ? $"none (nearest: {nearest})" : "none";
}

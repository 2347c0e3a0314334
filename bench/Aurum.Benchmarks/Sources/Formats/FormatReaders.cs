using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Aurum.Sources.Reading;
using CsvHelper.Configuration;

namespace Aurum.Benchmarks.Sources.Formats;

/// <summary>Readers of the same bytes that make no rows: the usual libraries, which give every cell as a string or an object, and
/// tokenisers alone. Each returns something of what it saw, so that nothing is left out.</summary>
internal static class FormatReaders
{
    /// <summary>CsvHelper: every cell of every record as a string.</summary>
    public static long Csv(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        using var csv = new CsvHelper.CsvParser(
            reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, Mode = CsvHelper.CsvMode.RFC4180 });
        long cells = 0;
        while (csv.Read())
        {
            for (var i = 0; i < csv.Count; i++)
            {
                cells += csv[i].Length == 0 ? 0 : 1;
            }
        }

        return cells;
    }

    /// <summary>XmlReader: every text and attribute as a string.</summary>
    public static long Xml(byte[] bytes)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true };
        using var xml = XmlReader.Create(new MemoryStream(bytes, writable: false), settings);
        long texts = 0;
        while (xml.Read())
        {
            while (xml.MoveToNextAttribute())
            {
                texts += xml.Value.Length > 0 ? 1 : 0;
            }

            texts += xml.NodeType == XmlNodeType.Text && xml.Value.Length > 0 ? 1 : 0;
        }

        return texts;
    }

    /// <summary>The document as a tree, then every leaf of it.</summary>
    public static long XmlTree(byte[] bytes)
    {
        var tree = XDocument.Load(new MemoryStream(bytes, writable: false));
        long texts = 0;
        foreach (var element in tree.Descendants())
        {
            texts += element.HasElements ? 0 : element.Value.Length + element.Attributes().Count();
        }

        return texts;
    }

    /// <summary>Aurum's XML reader, token by token: what its parsers cannot be faster than.</summary>
    public static long XmlTokens(byte[] bytes)
    {
        using var xml = new Utf8XmlReader(new MemoryStream(bytes, writable: false), "bench.xml");
        long tokens = 0;
        while (xml.Read())
        {
            tokens++;
        }

        return tokens;
    }

    /// <summary>The framework's JSON reader, token by token.</summary>
    public static long JsonTokens(byte[] bytes)
    {
        var json = new Utf8JsonReader(bytes);
        long tokens = 0;
        while (json.Read())
        {
            tokens++;
        }

        return tokens;
    }
}

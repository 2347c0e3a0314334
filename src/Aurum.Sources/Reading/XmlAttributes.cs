using System.Text;

namespace Aurum.Sources.Reading;

/// <summary>Finds an attribute in what stands between the name of an element and the end of its tag.</summary>
internal static class XmlAttributes
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>The value of the attribute of this name, as it stands between its quotes; empty where there is none.</summary>
    /// <exception cref="Aurum.Market.Feeds.FeedFormatException">What stands there is no list of attributes.</exception>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> name, Utf8XmlReader reader)
    {
        for (var rest = attributes.TrimStart(Blanks); !rest.IsEmpty;)
        {
            var equals = rest.IndexOf((byte)'=');
            var value = equals < 0 ? default : rest[(equals + 1)..].TrimStart(Blanks);
            var length = value.IsEmpty || value[0] is not ((byte)'"' or (byte)'\'') ? -1 : value[1..].IndexOf(value[0]);
            if (length < 0)
            {
                throw reader.Unexpected("an attribute with its value in quotes", $"'{Encoding.UTF8.GetString(rest)}'");
            }

            if (rest[..equals].TrimEnd(Blanks).SequenceEqual(name))
            {
                return value.Slice(1, length);
            }

            rest = value[(length + 2)..].TrimStart(Blanks);
        }

        return default;
    }
}

using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

public sealed class Utf8XmlReaderTests
{
    [Theory]
    [InlineData("<a/>", "+a -a")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n<b>x</b>\n</a>\n", "+a +b 'x' -b -a")]
    [InlineData("<m:a xmlns:m='http://x/?<>'><m:b c=\"/>\" d='1'/></m:a >", "+a +b -b -a")]
    [InlineData("<a><!-- <b> --><?pi <b> ?>t</a>", "+a 't' -a")]
    [InlineData("<a>1 &lt; 2 &amp;&#65;&#x1F600;&quot;&apos;&gt;</a>", "+a '1 < 2 &A\U0001F600\"'>' -a")]
    [InlineData("<a><![CDATA[<b>&amp;]]></a>", "+a '<b>&amp;' -a")]
    public void Reads_elements_and_text(string xml, string expected)
    {
        for (var chunk = 1; chunk < 30; chunk += 4)
        {
            Assert.Equal(expected, Tokens(xml, chunk));
        }
    }

    [Theory]
    [InlineData("<a><b></a>", "f.xml:1: expected </b>, found </a>")]
    [InlineData("<a>\n<b>", "f.xml:2: expected </b>, found the end of the file")]
    [InlineData("<a></a><b/>", "f.xml:1: expected one root element, found a second one, <b>")]
    [InlineData("<a/>text", "f.xml:1: expected a whole XML document, found text behind it")]
    [InlineData("text<a/>", "f.xml:1: expected an element, found 'text'")]
    [InlineData("", "f.xml:1: expected a whole XML document, found the end of the file")]
    [InlineData("</a>", "f.xml:1: expected the end of the document, found </a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "f.xml:1: expected elements and text, found a document type "
        + "or other declaration")]
    [InlineData("<a>&x;</a>", "f.xml:1: expected one of the entities of XML, found '&x;'")]
    [InlineData("<a>&#0;</a>", "f.xml:1: expected one of the entities of XML, found '&#0;'")]
    [InlineData("<?xml version='1.0' encoding='UTF-16'?><a/>", "f.xml:1: expected UTF-8 text, found <?xml version='1.0' "
        + "encoding='UTF-16'")]
    [InlineData("<a b<c>", "f.xml:1: expected the end of a tag, found '<'")]
    [InlineData("< a/>", "f.xml:1: expected the name of an element, found '< a/>'")]
    public void Names_what_is_wrong_with_its_line(string xml, string message) =>
        Assert.Equal(message, Assert.Throws<FeedFormatException>(() => Tokens(xml, 1000)).Message);

    [Theory]
    [InlineData("<a><v>12.5</v><w/></a>", "12.5")]
    [InlineData("<a><v>1&amp;<!-- x -->2</v><w/></a>", "1&2")]
    [InlineData("<a><v/><w/></a>", "")]
    [InlineData("<a><v></v><w/></a>", "")]
    public void Reads_the_text_of_an_element_and_moves_behind_it(string xml, string text)
    {
        using var reader = new Utf8XmlReader(new DripStream(Encoding.UTF8.GetBytes(xml), 3), "f.xml");
        Assert.True(reader.Read() && reader.Read());
        Assert.Equal(text, Encoding.UTF8.GetString(reader.ReadText()));
        Assert.True(reader.Read());
        Assert.Equal("w", Encoding.UTF8.GetString(reader.Name));
    }

    [Theory]
    [InlineData("<a LocId=\"4000\" LocType='EXT. NODE'>x</a>", "4000", "EXT. NODE")]
    [InlineData("<a\n LocType = '&quot;A&amp;B&quot;'\n LocId=\"/>\"/>", "/>", "\"A&B\"")]
    [InlineData("<a x:LocId='1' LocType=''/>", "", "")]
    [InlineData("<a>x</a>", "", "")]
    [InlineData("<a/>", "", "")]
    public void Reads_the_attributes_of_an_element_that_has_started(string xml, string id, string type)
    {
        for (var chunk = 1; chunk < 30; chunk += 4)
        {
            using var reader = new Utf8XmlReader(new DripStream(Encoding.UTF8.GetBytes(xml), chunk), "f.xml");
            Assert.True(reader.Read());
            Assert.Equal(type, Encoding.UTF8.GetString(reader.Attribute("LocType"u8)));
            Assert.Equal(id, Encoding.UTF8.GetString(reader.Attribute("LocId"u8)));
        }
    }

    [Theory]
    [InlineData("<a LocId>x</a>")]
    [InlineData("<a LocId=4000>x</a>")]
    public void Names_an_attribute_without_a_value_in_quotes(string xml)
    {
        using var reader = new Utf8XmlReader(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "f.xml");
        Assert.True(reader.Read());
        var error = Assert.Throws<FeedFormatException>(() => reader.Attribute("LocId"u8).Length);
        Assert.StartsWith("f.xml:1: expected an attribute with its value in quotes, found 'LocId", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Passes_over_an_element_with_all_that_is_in_it()
    {
        using var reader = new Utf8XmlReader(new MemoryStream("<a><v><x>1</x><x/></v><w/></a>"u8.ToArray()), "f.xml");
        Assert.True(reader.Read() && reader.Read());
        reader.Skip();
        Assert.True(reader.Read());
        Assert.Equal("w", Encoding.UTF8.GetString(reader.Name));
    }

    [Fact]
    public void Keeps_its_limits()
    {
        var limits = new XmlLimits { MaxDepth = 3, MaxTokenBytes = 200_000 };
        Assert.Contains("at most 3 elements", Refusal("<a><a><a><a/></a></a></a>", limits), StringComparison.Ordinal);
        Assert.Contains("at most 200000 bytes", Refusal($"<a>{new string('x', 600_000)}</a>", limits), StringComparison.Ordinal);
    }

    private static string Refusal(string xml, XmlLimits limits) =>
        Assert.Throws<FeedFormatException>(() => Tokens(new MemoryStream(Encoding.UTF8.GetBytes(xml)), limits)).Message;

    private static string Tokens(string xml, int chunk) => Tokens(new DripStream(Encoding.UTF8.GetBytes(xml), chunk), null);

    private static string Tokens(Stream stream, XmlLimits? limits)
    {
        using var reader = new Utf8XmlReader(stream, "f.xml", limits);
        var tokens = new List<string>();
        while (reader.Read())
        {
            tokens.Add(reader.Token switch
            {
                XmlToken.Start => $"+{Encoding.UTF8.GetString(reader.Name)}",
                XmlToken.End => $"-{Encoding.UTF8.GetString(reader.Name)}",
                _ => $"'{Encoding.UTF8.GetString(reader.Text)}'",
            });
        }

        return string.Join(' ', tokens);
    }
}

using System.Text;
using Aurum.App.Api.Ticks;

namespace Aurum.Tests.Api.Ticks;

public sealed class JsonDocumentLinesTests
{
    [Theory]
    [InlineData("""[{"a":1},{"b":2}]""", """ {"a":1}|{"b":2}|""")]
    [InlineData("[\n  {\"a\": [1, 2],\n   \"b\": {}},\n  {\"c\": \"x\"}\n]\n", "    {\"a\": [1, 2],    \"b\": {}}|   {\"c\": \"x\"} ||")]
    [InlineData("{\"a\":\n1}\n{\"b\":2}\n", "{\"a\": 1}|{\"b\":2}|")]
    [InlineData("""[{"a":"],[ \" , {"},{"b":"\\"},3]""", """ {"a":"],[ \" , {"}|{"b":"\\"}|3|""")]
    [InlineData("""[[1,2],"x",null]""", """ [1,2]|"x"|null|""")]
    [InlineData("[]", " |")]
    [InlineData("", "")]
    public void Elements_of_an_array_and_objects_over_several_lines_get_lines_of_their_own(string document, string lines)
    {
        var bytes = Encoding.UTF8.GetBytes(document);

        new JsonDocumentLines().OnBytes(bytes);

        Assert.Equal(lines, Encoding.UTF8.GetString(bytes).Replace('\n', '|'));
    }

    [Theory]
    [InlineData("not json, at all")]
    [InlineData("""{"a": "a text without end, [ and { in it""")]
    [InlineData("}]}]]]{[")]
    public void What_is_no_json_stays_none(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);

        new JsonDocumentLines().OnBytes(bytes);

        Assert.Equal(document, Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void Pieces_of_a_document_become_the_lines_of_the_whole()
    {
        var document = Encoding.UTF8.GetBytes("""[ {"a":"\\\"]","b":[1,{"c":2}]} , {"d":"é"} ,""" + "\n{}\n] ");
        var whole = document.ToArray();
        new JsonDocumentLines().OnBytes(whole);
        for (var at = 0; at <= document.Length; at++)
        {
            var pieces = document.ToArray();
            var lines = new JsonDocumentLines();
            lines.OnBytes(pieces.AsSpan(0, at));
            lines.OnBytes(pieces.AsSpan(at));

            Assert.Equal(whole, pieces);
        }
    }
}

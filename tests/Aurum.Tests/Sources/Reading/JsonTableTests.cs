using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

public sealed class JsonTableTests
{
    [Fact]
    public void Rows_have_the_columns_of_the_first_object_in_any_order_and_lack_what_they_lack() => Assert.Equal(
        ["1|x|", "2||", "|y|true"],
        Rows("""[{"a":1,"b":"x","c":null},{"b":null,"a":2},{"c":true,"b":"y"}]"""));

    [Fact]
    public void Cells_are_the_bytes_as_they_are_written_and_texts_without_their_escapes() => Assert.Equal(
        ["-1.50e3|q\"\\/\n\u00e9|false", "0|tail|1"],
        Rows("""[ { "a" : -1.50e3 , "b" : "q\"\\\/\n\u00e9" , "c" : false } , {"a":0,"b":"t\u0061il","c":1} ]"""));

    [Fact]
    public void An_empty_array_has_no_columns_and_tells_where_the_text_goes_on()
    {
        var table = new JsonTable("x[ ]y"u8.ToArray(), 1, "f", "items");
        Assert.Empty(table.Header.Names);
        Assert.False(table.Read());
        Assert.Equal((4, -1), (table.EndOffset, table.Row));
    }

    [Fact]
    public void A_column_of_minus_one_reads_as_empty()
    {
        var table = new JsonTable("[{\"a\":1}]"u8.ToArray(), 0, "f", "items");
        Assert.True(table.Read());
        Assert.True(table[-1].IsEmpty && table[1].IsEmpty);
        Assert.Equal(-1, table.Header.Optional("z"));
        Assert.Equal("f:items[0]: expected a decimal in a, found '1'", table.Unexpected(0, "a decimal").Message);
    }

    [Theory]
    [InlineData("""[{"a":1},{"z":2}]""", "f:items[1]: expected properties of the first object (a), found 'z'")]
    [InlineData("""[{"a":[1]}]""", "f:items[0]: expected a value in a, found '[1'")]
    [InlineData("""[{"a":{"b":1}}]""", "f:items[0]: expected a value in a, found '{\"b\":1'")]
    [InlineData("""[{"a":NaN}]""", "f:")]
    [InlineData("""[{"a":1} {"a":2}]""", "f:items[1]: expected ',', found '{'")]
    [InlineData("""[{"a":1},]""", "f:items[1]: expected '{', found ']'")]
    [InlineData("""[{"a" 1}]""", "f:")]
    [InlineData("""[{"a":1},{"a":"x""", "f:items[1]: expected more JSON, found the end of the file")]
    [InlineData("""[{"a":1},{"a""", "f:items[1]: expected more JSON, found the end of the file")]
    [InlineData("""[{"a":1},""", "f:items[1]: expected more JSON, found the end of the file")]
    [InlineData("""[{"a":1}""", "f:items[0]: expected more JSON, found the end of the file")]
    [InlineData("""[{"a":1},{"a":"\ud800"}]""", "f:items[1]: expected text in a")]
    [InlineData("""[{"a":1},{"a":"\x"}]""", "f:items[1]: expected text in a")]
    [InlineData("""[{"a":1},{"a":"x\""", "f:items[1]: expected more JSON, found the end of the file")]
    [InlineData("[1,2]", "f:items[0]: expected '{', found '1'")]
    [InlineData("[[]]", "f:items[0]: expected '{', found '['")]
    public void What_is_no_array_of_flat_objects_fails_by_row_and_property(string text, string message) => Assert.StartsWith(
        message, Assert.Throws<FeedFormatException>(() => Rows(text)).Message, StringComparison.Ordinal);

    private static List<string> Rows(string text)
    {
        var table = new JsonTable(Encoding.UTF8.GetBytes(text), 0, "f", "items");
        var rows = new List<string>();
        while (table.Read())
        {
            Assert.Equal(rows.Count, table.Row);
            rows.Add($"{Cell(0)}|{Cell(1)}|{Cell(2)}");
        }

        Assert.Equal(Encoding.UTF8.GetByteCount(text), table.EndOffset);
        return rows;

        string Cell(int column) => Encoding.UTF8.GetString(table[column]);
    }
}

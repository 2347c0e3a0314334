using System.Text;
using Aurum.App.Output;

namespace Aurum.Tests.Output;

public sealed class OutputTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    public void Text_is_quoted_in_CSV_only_where_it_has_to_be(string text, string cell) => Assert.Equal(cell, CellText.Csv(text));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-1e21, "-1E+21")]
    [InlineData(34.97, "34.97")]
    [InlineData(5, "5")]
    public void Numbers_have_the_shortest_digits_that_read_back_the_same(double value, string text)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        CellText.WriteNumber(buffer, value);
        Assert.Equal(text, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Fact]
    public void A_table_aligns_text_to_the_left_and_numbers_to_the_right()
    {
        var table = new TextTable([("name", false), ("mw", true)]);
        table.Add("N.Y.C.", "1,065");
        table.Add("WEST", "9");
        Assert.Equal("name       mw\nN.Y.C.  1,065\nWEST        9\n", table.ToString());
    }

    [Theory]
    [InlineData("Broken pipe", true)]
    [InlineData("No space left on device", false)]
    public void A_reader_that_has_gone_is_told_from_a_full_disk(string message, bool isGone)
    {
        using var stream = new ResultStream(new FailingStream(message));
        var error = Assert.Throws<OutputClosedException>(() => stream.Write("x"u8));
        Assert.Equal(isGone, error.IsReaderGone);
        Assert.Equal(message, error.Message);
    }

    private sealed class FailingStream(string message) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException(message);
    }

    [Fact]
    public void Text_breaks_between_words_and_a_long_word_stays_whole() => Assert.Equal(
        ["a bc", "/a/long/path", "d"], TextWrap.Lines("a bc /a/long/path d", 5));
}

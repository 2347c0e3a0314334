using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "1|2;3|4")]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n", "1|2;3|4")]
    [InlineData("a,b\n1,2\n3,4", "1|2;3|4")]
    [InlineData("\uFEFFa,b\n1,2\n", "1|2")]
    [InlineData("a,b\n\n1,2\n   \n3,4\n\n", "1|2;3|4")]
    [InlineData("a,b\n\"x,y\",2\n", "x,y|2")]
    [InlineData("a,b\n\"say \"\"hi\"\"\",2\n", "say \"hi\"|2")]
    [InlineData("a,b\n\"two\nlines\",2\n3,4\n", "two\nlines|2;3|4")]
    [InlineData("a,b\n1,\"2\"\r\n", "1|2")]
    [InlineData("a,b\n1,\"2\"", "1|2")]
    [InlineData("a,b\n1,\n,\n", "1|;|")]
    [InlineData("a,b\n5\" pipe,2\n", "5\" pipe|2")]
    [InlineData("a,b\n\"\",\"\"\"\"\n", "|\"")]
    public void Reads_every_form_of_line_and_quote(string text, string expected) => Assert.Equal(expected, Rows(text, 1 << 20));

    [Fact]
    public void Gives_the_same_rows_however_the_stream_is_cut()
    {
        const string Text = "a,b\r\n\"x \"\"1\"\"\",2\r\n\r\n\"two\r\nlines\",\"\"\r\n5,6\r\nlast,7";
        for (var chunk = 1; chunk < 20; chunk++)
        {
            Assert.Equal("x \"1\"|2;two\r\nlines|;5|6;last|7", Rows(Text, chunk));
        }
    }

    [Fact]
    public void Reads_records_longer_than_its_buffer()
    {
        var longField = new string('x', 300_000);
        Assert.Equal($"{longField}|2;3|\"{longField}", Rows($"a,b\n{longField},2\n3,\"\"\"{longField}\"\n", 10_007));
    }

    [Fact]
    public void Counts_lines_through_blank_lines_and_quoted_line_ends()
    {
        using var csv = Open("a,b\n\n\"1\n1\",2\n3,4\n");
        Assert.True(csv.Read());
        Assert.Equal(3, csv.Line);
        Assert.True(csv.Read());
        Assert.Equal(5, csv.Line);
    }

    [Theory]
    [InlineData("a,b\n1,2,3\n", "f.csv:2: expected 2 fields as in the header, found 3")]
    [InlineData("a,b\n1,2\n1\n", "f.csv:3: expected 2 fields as in the header, found 1")]
    [InlineData("a,b\n1,\"2\n", "f.csv:2: expected a closing quote, found the end of the file")]
    [InlineData("a,b\n\"1\"x,2\n", "f.csv:2: expected a separator after the closing quote, found 'x'")]
    [InlineData("", "f.csv: expected a header line, found an empty file")]
    [InlineData("\n \n", "f.csv: expected a header line, found an empty file")]
    public void Names_file_and_line_of_what_is_wrong(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FeedFormatException>(() => Rows(text, 1 << 20)).Message);

    [Fact]
    public void Refuses_records_and_columns_beyond_its_limits()
    {
        var longText = $"a\n{new string('x', 5000)}\n";
        var tooLong = Assert.Throws<FeedFormatException>(() => Read(longText, new CsvOptions { MaxRecordBytes = 4096 }));
        Assert.Equal("f.csv:2: expected a record of at most 4096 bytes, found a longer one", tooLong.Message);
        var tooWide = Assert.Throws<FeedFormatException>(() => Read("a,b\n1,2,3\n", new CsvOptions { MaxColumns = 2 }));
        Assert.Equal("f.csv:2: expected at most 2 columns, found more", tooWide.Message);
    }

    [Fact]
    public void A_number_that_is_none_is_named_with_its_column()
    {
        using var csv = Open("Name,LMP \nX,n/a\n");
        Assert.True(csv.Read());
        var error = Assert.Throws<FeedFormatException>(() => csv.Number(csv.Header.Required("LMP")));
        Assert.Equal("f.csv:2: expected a decimal in LMP, found 'n/a'", error.Message);
    }

    [Fact]
    public void Allocates_nothing_per_row()
    {
        var text = new StringBuilder("a,b,c\n");
        for (var i = 0; i < 20_000; i++)
        {
            text.Append(i).Append(",-0.5,\"q\"\n");
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        Drain(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drain(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static void Drain(byte[] bytes)
    {
        using var csv = new CsvReader(new MemoryStream(bytes), "f.csv");
        var sum = 0.0;
        while (csv.Read())
        {
            sum += csv.Number(0) + csv.Number(1) + csv[2].Length;
        }

        Assert.Equal((20_000 * 19_999.0 / 2) + (20_000 * 0.5), sum);
    }

    private static CsvReader Open(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.csv");

    private static string Rows(string text, int chunk) => Read(new DripStream(Encoding.UTF8.GetBytes(text), chunk), CsvOptions.Default);

    private static string Read(string text, CsvOptions options) => Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), options);

    private static string Read(Stream stream, CsvOptions options)
    {
        using var csv = new CsvReader(stream, "f.csv", options);
        var rows = new List<string>();
        while (csv.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, csv.Count).Select(i => Encoding.UTF8.GetString(csv[i]))));
        }

        return string.Join(';', rows);
    }
}

using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Shapes;

namespace Aurum.Tests.Sources.Shapes;

public sealed class ShapeReaderTests
{
    [Fact]
    public void A_report_of_lettered_lines_has_the_columns_of_its_first_H_line()
    {
        var shape = ShapeReader.Read(FeedFile.FromBytes("x.csv", Encoding.UTF8.GetBytes("""
            "C","A Report"
            "C","Filename: x.csv"
            "H","Date","Price"
            "H","Date","Number"
            "D","06/04/2026",47.19
            "T","1 lines"
            """)));
        Assert.Equal(
            [new ShapeColumn("Date", CellKind.Time), new ShapeColumn("Price", CellKind.Number)], Assert.IsType<FileShape>(shape).Columns);
    }

    [Fact]
    public void A_recorded_report_is_known_by_its_columns() => Assert.Equal(
        ["Date", "Hour Ending", "Location ID", "Location Name", "Location Type", "Locational Marginal Price", "Energy Component",
            "Congestion Component", "Marginal Loss Component"],
        ShapeReader.Read(FeedFile.FromPath(Samples.PathOf("isone", "WW_DALMP_ISO_20260604.csv")))!.Columns.Select(c => c.Name));

    /// <summary>The parser may not need that string; its file is no reason to stop a delivery.</summary>
    [Fact]
    public void JSON_with_a_string_that_is_no_text_shows_no_form()
    {
        byte[] text = [.. "{\"a\":\""u8, 0xFF, .. "\"}"u8];
        Assert.Null(ShapeReader.Read(FeedFile.FromBytes("x.json", text)));
        Assert.Null(ShapeReader.Read(FeedFile.FromBytes("x.json", """{"a":"\ud83d"}"""u8.ToArray())));
    }
}

using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

public sealed class CsvHeaderTests
{
    [Fact]
    public void Finds_columns_by_name_without_regard_to_case_and_blanks_around()
    {
        var header = Header("Time Stamp , PTID,\"LBMP ($/MWHr)\"");
        Assert.Equal(0, header.Required("TIME STAMP"));
        Assert.Equal(2, header.Required("Price", "LBMP ($/MWHr)"));
        Assert.Equal(-1, header.Optional("Zone"));
        Assert.False(header.Has("TimeStamp"));
        Assert.Equal(["f.csv: unknown column PTID"], header.UnknownColumnNotes());
        header.Ignore("ptid", "not there");
        Assert.Empty(header.UnknownColumnNotes());
    }

    [Fact]
    public void Loose_names_match_without_blanks_and_underscores() =>
        Assert.Equal(1, Header("a,Delivery_Date", new CsvOptions { LooseNames = true }).Required("DeliveryDate"));

    [Fact]
    public void A_missing_column_is_named_with_its_nearest()
    {
        var error = Assert.Throws<FeedFormatException>(() => Header("SettlementPoint,LMP_PRICE").Required("LMP"));
        Assert.Equal("f.csv:1: expected a column LMP, found SettlementPoint,LMP_PRICE (nearest: LMP_PRICE)", error.Message);
    }

    [Fact]
    public void A_column_that_stands_twice_is_an_error_once_it_is_asked_for()
    {
        var header = Header("a,b,B");
        Assert.Equal(0, header.Required("a"));
        Assert.Equal("f.csv:1: expected one column b, found two of that name",
            Assert.Throws<FeedFormatException>(() => header.Required("b")).Message);
    }

    [Fact]
    public void All_columns_of_a_name_are_ignored()
    {
        var header = Header("a,,,b");
        header.Ignore("", "a");
        Assert.Equal(["f.csv: unknown column b"], header.UnknownColumnNotes());
    }

    private static CsvHeader Header(string line, CsvOptions? options = null)
    {
        using var csv = new CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(line + "\n")), "f.csv", options);
        return csv.Header;
    }
}

using System.Text;
using Aurum.Market.Feeds;
using Aurum.Ticks.Enrich;
using NodaTime;

namespace Aurum.Tests.Ticks.Enrich;

public sealed class InstrumentCsvTests
{
    private const string Book = """
        instrument_id,tenant,commodity,region,product_tier,from,to,contract_size,tick_size
        CAISO.NP15.RT5,,electricity,west,premium,,2026-01-01,50,0.01
        CAISO.NP15.RT5,,electricity,california,,2026-01-01,,,
        CAISO.NP15.RT5,acme,power,"west, north",,2026-03-01T08:00:00Z,,,

        """;

    [Fact]
    public void A_book_has_its_stretches_of_time_and_tenants()
    {
        var book = Read(Book);
        Assert.Equal(2, book.Count);
        Assert.Equal(
            new InstrumentEntry("", "CAISO.NP15.RT5", "electricity", "west", "premium", Instant.FromUnixTimeTicks(0),
                Instant.FromUtc(2026, 1, 1, 0, 0)) { ContractSize = 50, TickSize = 0.01 },
            Find(book, "any", Instant.FromUtc(2025, 12, 31, 23, 59)));
        Assert.Equal("california", Find(book, "any", Instant.FromUtc(2026, 1, 1, 0, 0))?.Region);
        Assert.Equal("california", Find(book, "acme", Instant.FromUtc(2026, 3, 1, 7, 59))?.Region);
        Assert.Equal(("power", "west, north", "standard"),
            Find(book, "acme", Instant.FromUtc(2026, 3, 1, 8, 0)) is { } own ? (own.Commodity, own.Region, own.ProductTier) : default);
    }

    [Theory]
    [InlineData("commodity", "comodity", "expected a column commodity, found ")]
    [InlineData(",tick_size", ",tick", "expected only columns of an instrument book, found book.csv: unknown column tick")]
    [InlineData("CAISO.NP15.RT5,acme", ",acme", "book.csv:4: expected a name in instrument_id, found ''")]
    [InlineData(",50,", ",-50,", "book.csv:2: expected a size above 0 in contract_size, found '-50'")]
    [InlineData(",2026-01-01,50", ",01/01/2026,50", "expected a date like 2026-01-31 or a time like 2026-01-31T06:00:00Z in to")]
    [InlineData(",2026-01-01,50", ",2026-01-02,50", "expected one entry an instrument and time, found CAISO.NP15.RT5: ")]
    [InlineData(",2026-01-01,50", ",1969-01-01,50", "expected one entry an instrument and time, found CAISO.NP15.RT5: ")]
    public void What_is_wrong_is_said_with_its_place(string text, string wrong, string message)
    {
        var error = Assert.Throws<FeedFormatException>(() => Read(Book.Replace(text, wrong, StringComparison.Ordinal)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static InstrumentBook Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return InstrumentCsv.Read(stream, "book.csv");
    }

    private static InstrumentEntry? Find(InstrumentBook book, string tenant, Instant at) =>
        book.Find(tenant, "CAISO.NP15.RT5", at.ToUnixTimeTicks() / 10, out _);
}

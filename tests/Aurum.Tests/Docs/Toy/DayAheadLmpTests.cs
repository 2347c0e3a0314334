using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Tests.Sources;
using NodaTime;

namespace Aurum.Tests.Docs.Toy;

/// <summary>Small files, made by hand in the publisher's form.</summary>
public sealed class DayAheadLmpTests
{
    private const string Autumn = """
        Date,HE,Place,LMP,MCE,MCC,MLC
        2025-11-02,HE01,WHEAT.HUB,21.50,20.00,1.00,0.50
        2025-11-02,HE02,WHEAT.HUB,20.00,20.00,0.00,0.00
        2025-11-02,HE02*,WHEAT.HUB,-3.25,-3.00,,-0.25
        2025-11-02,HE24,MILL_1,19.00,20.00,-1.00,0.00

        """;

    [Fact]
    public void Reads_the_25_hour_day_of_November_2025()
    {
        var (result, rows) = ParsedFile.RowsOf(DayAheadLmp.Feed, "x.csv", Autumn);

        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Equal(
            [Instant.FromUtc(2025, 11, 2, 5, 0), Instant.FromUtc(2025, 11, 2, 6, 0), Instant.FromUtc(2025, 11, 2, 7, 0)],
            rows.Take(3).Select(r => r.Delivery.Start));
        Assert.Equal(Instant.FromUtc(2025, 11, 3, 6, 0), rows[^1].Delivery.End);
        Assert.Equal(57.25, rows.Sum(r => r.LmpUsdPerMwh));
        Assert.Equal((-3.25, double.NaN, LocationType.Hub),
            (rows[2].LmpUsdPerMwh, rows[2].CongestionUsdPerMwh, rows[2].Location.Type));
    }

    [Fact]
    public void The_hour_that_is_skipped_in_March_is_refused() => Assert.StartsWith(
        "x.csv:2: expected an hour that the Central clock shows, found 2025-03-09 HE03 does not exist in America/Chicago",
        Fails("Date,HE,Place,LMP,MCE,MCC,MLC\n2025-03-09,HE03,WHEAT.HUB,1,1,0,0\n"),
        StringComparison.Ordinal);

    [Fact]
    public void A_renamed_column_is_named() => Assert.Equal(
        "x.csv:1: expected a column LMP, found Date,HE,Place,LMP_USD,MCE,MCC,MLC (nearest: LMP_USD)",
        Fails(Autumn.Replace("LMP", "LMP_USD", StringComparison.Ordinal)));

    [Fact]
    public void A_file_without_rows_is_not_published_yet() => Assert.Equal(
        Outcome.NotYetPublished,
        ParsedFile.RowsOf(DayAheadLmp.Feed, "x.csv", "Date,HE,Place,LMP,MCE,MCC,MLC\n").Result.Outcome);

    private static string Fails(string text) =>
        Assert.Throws<FeedFormatException>(() => ParsedFile.RowsOf(DayAheadLmp.Feed, "x.csv", text)).Message;
}

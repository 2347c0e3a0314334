using Aurum.Curves.Workbooks;
using Aurum.Curves.Workbooks.Cells;
using Aurum.Curves.Workbooks.Eugp;
using Aurum.Curves.Workbooks.Rp;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>Layouts over literal cells.</summary>
public sealed class WorkbookReaderTests
{
    private static readonly LocalDate AsOf = new(2025, 9, 17);

    [Fact]
    public void Labels_are_found_wherever_they_stand_and_NA_is_gas()
    {
        var sheet = Sheet.Of("x.xlsx", "Fixed Prices - Mid",
        [
            ["Date:", AsOf], [], [null, "Product:", "Belgium", "Belgium"], [null, "peak", "NA", "Base"], [null, "LOCATION", "EU", "EU"], [],
            [null, new LocalDate(2025, 9, 1), 31.5, 66.6], [null, "", "", ""], [null, "Calendar 2026", 32.0, 70.0],
        ]);
        var book = WorkbookReader.Read("x.xlsx", [sheet], EugpLayout.Layout);
        Assert.Equal(AsOf, book.AsOf);
        Assert.Equal(
            ["Gas  2025-09 31.5 C7", "Gas  Calendar 2026 32 C9", "Power BASE 2025-09 66.6 D7", "Power BASE Calendar 2026 70 D9"],
            book.Quotes.Select(q => $"{q.Head.Identity.AssetClass} {q.Head.Identity.Block} {q.Tenor.Label} {q.Mid} {q.Cell}"));
        Assert.Equal(2, book.Quotes.Select(q => q.Head.Identity.Key).Distinct().Count());
        Assert.Equal(
            [
                "Fixed Prices - Mid has labels elsewhere, and is read so: 'Location' in B5, expected in B6; 'Product' in B3, expected in B7; "
                + "'PEAK' in B4, expected in B8",
                "Fixed Prices - Mid has no sheet Fixed Prices - BidAsk beside it",
            ],
            book.Messages);
    }

    [Fact]
    public void A_label_that_was_renamed_is_named_with_its_nearest()
    {
        var sheet = Sheet.Of("x.xlsx", "Strips - Mid",
            [
                ["Date:", AsOf], [null, "Location", "EU"], [null, "Produkt", "Belgium"], [null, "PEAK", "BASE"],
                [null, "Calendar 2026", 1.0],
            ]);
        var refusal = Assert.Throws<FeedFormatException>(() => WorkbookReader.Read("x.xlsx", [sheet], EugpLayout.Layout));
        Assert.Equal(
            "x.xlsx:Strips - Mid: expected a label 'Product' in column A or B of the first 12 rows, such as B7, found 'Produkt' in B3",
            refusal.Message);
    }

    [Fact]
    public void Bids_and_asks_go_by_curve_and_period_not_by_position()
    {
        List<object?> header = [null, "Location", "Gulf Coast", "Gulf Coast"];
        var mid = Sheet.Of("x.xlsx", "Fixed Prices - Mid",
            [
                ["Date:", AsOf], [null, null, "US", "US"], header, [null, "Product", "LNG", "ULSD"],
                [null, new LocalDate(2025, 9, 1), 9.855, 2.292], [null, new LocalDate(2025, 10, 1), "NA", 2.3],
            ]);
        var bidAsk = Sheet.Of("x.xlsx", "Fixed Prices - BidAsk",
            [
                ["Date:", AsOf], [null, null, "US", "US"], header, [null, "Product", "ULSD", "LNG"],
                [null, new LocalDate(2025, 10, 1), "2.4 / 2.2", "9.9 / 10.1"], [null, new LocalDate(2025, 9, 1), "2.29 / 2.30", "nonsense"],
            ]);
        var book = WorkbookReader.Read("x.xlsx", [mid, bidAsk], RpLayout.Layout);
        Assert.Equal(
            ["LNG 2025-09 9.855 NaN NaN", "LNG 2025-10 10 9.9 10.1", "ULSD 2025-09 2.292 2.29 2.3", "ULSD 2025-10 2.3 2.4 2.2"],
            book.Quotes.Select(q => $"{q.Head.Identity.Product} {q.Tenor.Label} {q.Mid} {q.Bid} {q.Ask}"));
        Assert.Equal(
            [
                "x.xlsx:Fixed Prices - BidAsk!D6: expected a bid and an ask like 32.163 / 32.370, found 'nonsense'",
                "x.xlsx:Fixed Prices - BidAsk!C5: expected a bid that is not above its ask, found '2.4 / 2.2'",
            ],
            book.Messages.Skip(2));
    }

    [Fact]
    public void What_has_no_unit_or_no_period_is_held_back_and_not_lost()
    {
        var sheet = Sheet.Of("x.xlsx", "Fixed Prices - Mid",
            [
                ["Date:", AsOf], [null, null, "US", "US"], [null, "Location", "Gulf Coast", "Gulf Coast"],
                [null, "Product", "LNG", "Moonshine"], [null, new LocalDate(2025, 9, 1), 9.855, 2.292], [null, "Spring 2026", 9.0, 2.0],
            ]);
        var book = WorkbookReader.Read("x.xlsx", [sheet], RpLayout.Layout);
        Assert.Equal("LNG 2025-09", Assert.Single(book.Quotes.Select(q => $"{q.Head.Identity.Product} {q.Tenor.Label}")));
        Assert.Equal(
            [
                "LNG Spring 2026 invalid_tenor_type", "Moonshine 2025-09 missing_units_raw",
                "Moonshine Spring 2026 missing_units_raw|invalid_tenor_type",
            ],
            book.Quarantined.Select(q => $"{q.Quote.Head.Identity.Product} {q.Quote.Tenor.Label} {q.Reasons}"));
    }

    [Fact]
    public void Sheets_must_agree_on_the_day()
    {
        IReadOnlyList<IReadOnlyList<object?>> Rows(LocalDate day) =>
            [["As of", day], [null, null, "US"], [null, "Location", "Gulf Coast"], [null, "Product", "LNG"], [null, "2025-09", 1.0]];
        Sheet[] sheets =
        [
            Sheet.Of("x.xlsx", "Fixed Prices - Mid", Rows(AsOf)),
            Sheet.Of("x.xlsx", "Seasonal Blocks - Mid", Rows(AsOf.PlusDays(1))),
        ];
        var refusal = Assert.Throws<FeedFormatException>(() => WorkbookReader.Read("x.xlsx", sheets, RpLayout.Layout));
        Assert.Equal(
            "x.xlsx:Seasonal Blocks - Mid!B1: expected the as-of date of Fixed Prices - Mid!B1, 2025-09-17, found 2025-09-18",
            refusal.Message);
    }

    [Theory]
    [InlineData("Curve date 2025-09-17")]
    [InlineData("As of 9/17/2025")]
    [InlineData("September 17, 2025")]
    public void The_day_may_be_text(string text)
    {
        var sheet = Sheet.Of("x.xlsx", "Fixed Prices - Mid",
            [[text], [null, null, "US"], [null, "Location", "Gulf Coast"], [null, "Product", "LNG"], [null, "2025-09", 1.0]]);
        Assert.Equal(AsOf, WorkbookReader.Read("x.xlsx", [sheet], RpLayout.Layout).AsOf);
    }
}

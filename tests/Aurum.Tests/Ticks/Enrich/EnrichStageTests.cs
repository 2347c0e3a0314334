using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using NodaTime;

namespace Aurum.Tests.Ticks.Enrich;

public sealed class EnrichStageTests
{
    private const string Id = "CAISO.NP15.RT5";

    private static readonly Instant At = Instant.FromUnixTimeTicks(TickMessages.Occurred * 10);

    [Fact]
    public void An_unknown_instrument_is_flagged_and_kept()
    {
        var (tick, taxonomy) = Enriched(InstrumentBook.Empty);
        Assert.Equal(QualityFlags.MissingMetadata | QualityFlags.LowConfidenceClassification, tick.Flags);
        Assert.Equal(new Taxonomy("electricity", "west", "standard", 0.7, "rules"), taxonomy);
    }

    [Fact]
    public void The_book_says_what_an_instrument_is()
    {
        var (tick, taxonomy) = Enriched(new InstrumentBook([Entry("gas", At - Duration.FromDays(1), null)]));
        Assert.Equal((QualityFlags.None, new Taxonomy("gas", "west", "premium", 0.95, "book")), (tick.Flags, taxonomy));
    }

    [Fact]
    public void Knowledge_holds_for_its_time_alone()
    {
        var book = new InstrumentBook(
            [Entry("after", At, null), Entry("before", At - Duration.FromDays(2), At - Duration.FromDays(1))]);
        var normalized = TickMessages.Normalize(TickMessages.Lines(
            TickMessages.B("1", TickMessages.Occurred - 1),
            TickMessages.B("2"),
            TickMessages.B("3", TickMessages.Occurred - (30 * BarIntervals.MicrosPerHour)),
            TickMessages.B("4", TickMessages.Occurred - (72 * BarIntervals.MicrosPerHour))));
        var stage = new EnrichStage(normalized.Stage.Instruments, book);
        Assert.Equal(
            ["electricity", "after", "before", "electricity"], Run(stage, normalized.Ticks).Select(t => stage[t.Classification].Commodity));
    }

    [Fact]
    public void A_tenants_own_knowledge_goes_before_everybodys()
    {
        var book = new InstrumentBook(
            [Entry("ours", At, null), Entry("all", At - Duration.FromDays(1), null) with { Tenant = "" }]);
        Assert.Equal("ours", Enriched(book).Taxonomy.Commodity);
        Assert.Equal("all", Enriched(new InstrumentBook([Entry("all", At, null) with { Tenant = "" }])).Taxonomy.Commodity);
        Assert.Equal("electricity", Enriched(new InstrumentBook([Entry("theirs", At, null) with { Tenant = "other" }])).Taxonomy.Commodity);
    }

    [Fact]
    public void Another_book_holds_from_the_next_batch()
    {
        var normalized = TickMessages.Normalize(TickMessages.B());
        var stage = new EnrichStage(normalized.Stage.Instruments, InstrumentBook.Empty);
        Assert.Equal("electricity", stage[Run(stage, normalized.Ticks)[0].Classification].Commodity);
        stage.Book = new InstrumentBook([Entry("gas", At, null)]);
        Assert.Equal("gas", stage[Run(stage, normalized.Ticks)[0].Classification].Commodity);
        stage.Book = InstrumentBook.Empty;
        Assert.Equal("electricity", stage[Run(stage, normalized.Ticks)[0].Classification].Commodity);
    }

    [Fact]
    public void Two_entries_for_one_time_are_refused()
    {
        Assert.Throws<ArgumentException>(
            () => new InstrumentBook([Entry("a", At, null), Entry("b", At + Duration.FromDays(1), null)]));
        Assert.Throws<ArgumentException>(() => new InstrumentBook([Entry("a", At, At)]));
    }

    [Theory]
    [InlineData("NG_HH_BALMO", "NYMEX", "natural_gas", "unknown", "premium")]
    [InlineData("CRUDE_WTI", "NYMEX", "crude_oil", "unknown", "standard")]
    [InlineData("HEATING_OIL", "NYMEX", "refined_products", "unknown", "standard")]
    [InlineData("POWER_PEAK_DAY_AHEAD", "ICE", "electricity", "unknown", "standard")]
    [InlineData("MISO.INDIANA.HUB.RT5", "MISO", "electricity", "midwest", "standard")]
    [InlineData("GENERATION.SPRING", "ERCOT", "electricity", "texas", "standard")]
    [InlineData("XYZ", "NYMEX", "unknown", "unknown", "standard")]
    public void Rules_go_by_whole_words(string id, string market, string commodity, string region, string tier)
    {
        var taxonomy = TaxonomyRules.Classify(new TickInstrument(0, "t", id, market, id, 0, "USD", "MWh"), false, false);
        Assert.Equal((commodity, region, tier), (taxonomy.Commodity, taxonomy.Region, taxonomy.ProductTier));
    }

    [Theory]
    [InlineData("MISO", true, true, 0.9)]
    [InlineData("MISO", true, false, 0.8)]
    [InlineData("MISO", false, false, 0.7)]
    [InlineData("NYMEX", false, false, 0.5)]
    public void Confidence_is_a_ladder(string market, bool hasNode, bool hasZone, double confidence) => Assert.Equal(
        confidence,
        TaxonomyRules.Classify(new TickInstrument(0, "t", "GAS.X", market, "x", 0, "USD", "MWh"), hasNode, hasZone).Confidence);

    private static InstrumentEntry Entry(string commodity, Instant from, Instant? to) =>
        new("acme", Id, commodity, "west", "premium", from, to);

    private static (Tick Tick, Taxonomy Taxonomy) Enriched(InstrumentBook book)
    {
        var normalized = TickMessages.Normalize(TickMessages.B());
        var stage = new EnrichStage(normalized.Stage.Instruments, book);
        var tick = Assert.Single(Run(stage, normalized.Ticks));
        return (tick, stage[tick.Classification]);
    }

    private static Tick[] Run(EnrichStage stage, Tick[] ticks)
    {
        using var output = new Batch<Tick>();
        stage.OnBatch(ticks, output);
        return output.Items.ToArray();
    }
}

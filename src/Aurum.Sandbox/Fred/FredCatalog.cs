using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sandbox.Publishing;
using Aurum.Sources.Fred;
using NodaTime;

namespace Aurum.Sandbox.Fred;

/// <summary>What FRED says of a series at an instant.</summary>
/// <param name="Series">The series.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Last">Date of the latest observation.</param>
/// <param name="Updated">When it was last changed, on the clock of St. Louis.</param>
internal sealed record FredCard(FredSeries Series, string Title, LocalDate Last, OffsetDateTime Updated)
{
    public string UpdatedText =>
        $"{Updated.LocalDateTime:uuuu-MM-dd HH:mm:ss}{Updated.Offset.Seconds / 3600:+00;-00}";

    public string FrequencyName => Series.Frequency.ToString();
}

/// <summary>Series, search and releases of the sandbox's FRED.</summary>
internal sealed class FredCatalog(FredBook book)
{
    private static readonly DateTimeZone StLouis = DateTimeZoneProviders.Tzdb["America/Chicago"];

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["DCOILWTICO"] = "Crude Oil Prices: West Texas Intermediate (WTI) - Cushing, Oklahoma",
        ["DCOILBRENTEU"] = "Crude Oil Prices: Brent - Europe",
        ["DHHNGSP"] = "Henry Hub Natural Gas Spot Price",
        ["DGS10"] = "Market Yield on U.S. Treasury Securities at 10-Year Constant Maturity, Quoted on an Investment Basis",
        ["DFF"] = "Federal Funds Effective Rate",
        ["DEXCAUS"] = "Canadian Dollars to U.S. Dollar Spot Exchange Rate",
        ["DEXMXUS"] = "Mexican Pesos to U.S. Dollar Spot Exchange Rate",
        ["DEXUSEU"] = "U.S. Dollars to Euro Spot Exchange Rate",
        ["GASREGW"] = "US Regular All Formulations Gas Price",
        ["MHHNGSP"] = "Henry Hub Natural Gas Spot Price",
        ["CPIAUCSL"] = "Consumer Price Index for All Urban Consumers: All Items in U.S. City Average",
        ["CPIENGSL"] = "Consumer Price Index for All Urban Consumers: Energy in U.S. City Average",
        ["APU000072610"] = "Average Price: Electricity per Kilowatt-Hour in U.S. City Average",
        ["PCU22112211"] = "Producer Price Index by Industry: Electric Power Generation",
        ["IPG2211S"] = "Industrial Production: Electric Power Generation, Transmission, and Distribution",
        ["GDPC1"] = "Real Gross Domestic Product",
    };

    public static IReadOnlyList<(int Id, string Name, string Link)> Releases { get; } =
    [
        (10, "Consumer Price Index", "http://www.bls.gov/cpi/"), (13, "G.17 Industrial Production and Capacity Utilization", ""),
        (46, "Producer Price Index", "http://www.bls.gov/ppi/"), (53, "Gross Domestic Product", "https://www.bea.gov/data/gdp"),
        (206, "Spot Prices", "https://www.eia.gov/dnav/pet/pet_pri_spt_s1_d.htm"),
    ];

    public static LocalDate First { get; } = new(1990, 1, 1);

    public FredCard? Card(string id, Instant now)
    {
        if (book.Series.FirstOrDefault(s => s.Id == id) is not { } series)
        {
            return null;
        }

        var through = FredBook.PublishedThrough(now);
        var known = book.Vintages(series, through.PlusDays(-420), through, through).ToList();
        var changed = known.Max(v => v.Published).At(new LocalTime(8, 31, 2)).InZoneLeniently(StLouis);
        return new FredCard(series, Titles.GetValueOrDefault(id, id), known.Max(v => v.Date), changed.ToOffsetDateTime());
    }

    /// <summary>Series whose title has all the words, in the order of their ids.</summary>
    public IEnumerable<FredCard> Search(string words, Instant now) => book.Series
        .Where(s => words.Split(' ').All(w => Titles.GetValueOrDefault(s.Id, "").Contains(w, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(s => s.Id, StringComparer.Ordinal).Select(s => Card(s.Id, now)!);

    public static string Fields(FredCard card, LocalDate today) => JsonForm.Fields(
        ("id", card.Series.Id), ("realtime_start", $"{today:uuuu-MM-dd}"), ("realtime_end", $"{today:uuuu-MM-dd}"),
        ("title", card.Title), ("observation_start", $"{First:uuuu-MM-dd}"), ("observation_end", $"{card.Last:uuuu-MM-dd}"),
        ("frequency", card.FrequencyName), ("frequency_short", card.Series.Frequency.ToCode()), ("units", card.Series.Unit),
        ("units_short", card.Series.Unit), ("seasonal_adjustment", "Not Seasonally Adjusted"), ("seasonal_adjustment_short", "NSA"),
        ("last_updated", card.UpdatedText)) + ",\"popularity\":19,\"notes\":\"\"";

    public static string Fields((int Id, string Name, string Link) release, LocalDate today) =>
        string.Create(CultureInfo.InvariantCulture, $"\"id\":{release.Id},") + JsonForm.Fields(
            ("realtime_start", $"{today:uuuu-MM-dd}"), ("realtime_end", $"{today:uuuu-MM-dd}"), ("name", release.Name))
        + ",\"press_release\":true" + (release.Link.Length == 0 ? "" : "," + JsonForm.Fields(("link", release.Link)));

    /// <summary>The entries that a perfect client has: a series asked for by name, found by a search, releases.</summary>
    public IEnumerable<SeriesListing> Listings(Instant now)
    {
        var cards = book.Series.Select(s => Card(s.Id, now)!)
            .Concat(SeriesCatalog.Searches.SelectMany(words => Search(words, now)));
        return cards.Select(Listing).Concat(Releases.Select(r => new SeriesListing(
            new Symbol($"release/{r.Id}"), new Symbol(r.Name), new Symbol("release"))
        {
            SourceUrl = SeriesListing.Cell(r.Link),
            Metadata = new Symbol("{\"press_release\":\"true\"}"),
        }));
    }

    private static SeriesListing Listing(FredCard card)
    {
        var length = CalendarPeriods.Of(card.Last, card.Series.Frequency);
        var end = Instant.FromUnixTimeSeconds(length.EndUnixSeconds).InUtc().Date.PlusDays(-1);
        return new SeriesListing(new Symbol($"series/{card.Series.Id}"), new Symbol(card.Title), new Symbol("series"))
        {
            Frequency = new Symbol(card.Series.Frequency.ToCode()),
            Status = new Symbol("Not Seasonally Adjusted"),
            SourceUrl = new Symbol($"https://fred.stlouisfed.org/series/{card.Series.Id}"),
            StartDate = new Symbol($"{First:uuuu-MM-dd}"),
            EndDate = new Symbol($"{end:uuuu-MM-dd}"),
            LastObservationDate = new Symbol($"{card.Last:uuuu-MM-dd}"),
            UpdatedUnixSeconds = card.Updated.ToInstant().ToUnixTimeSeconds(),
        }.WithUnit(card.Series.Unit);
    }
}

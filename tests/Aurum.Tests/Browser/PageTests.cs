using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aurum.Tests.Browser;

/// <summary>The web page of the running program, seen through a browser.</summary>
[Trait("Category", "Browser")]
public sealed partial class PageTests(PageWorld world) : IClassFixture<PageWorld>
{
    /// <summary>Milliseconds until what the sandbox publishes must be on the page: the first fetch is part of it.</summary>
    private const int FirstDataTimeout = 90_000;

    private const string CorrectedDay =
        $"/node/CAISO/{OasisDay.Location}?from={OasisDay.FirstHourUtc}&to={OasisDay.EndUtc}";

    [Fact]
    public async Task Prices_of_every_market_appear()
    {
        await using var watched = await world.OpenAsync("/");
        foreach (var (market, place) in new[] { ("CAISO", OasisDay.Location), ("NYISO", "N.Y.C."), ("ERCOT", "HB_HOUSTON") })
        {
            var panel = watched.Page.Locator($"section[data-iso='{market}']");
            var row = panel.Locator($"tr[data-location='{place}']");
            await Expect(row.Locator(".price-rt")).ToHaveTextAsync(Price(), new() { Timeout = FirstDataTimeout });
            await Expect(row.Locator(".price-da")).ToHaveTextAsync(Price());
            await Expect(row.Locator(".sparkline-main")).ToHaveAttributeAsync(
                "d", new Regex("^M.+L"), new() { Timeout = FirstDataTimeout });
            await Expect(panel.Locator("canvas")).ToBeVisibleAsync();
        }

        watched.AssertFaultless();
    }

    [Fact]
    public async Task A_place_is_found_by_a_part_of_its_name_and_shows_its_price_and_components()
    {
        await using var watched = await world.OpenAsync("/prices");
        var page = watched.Page;
        await Expect(page.Locator("tr[data-location='N.Y.C.'] .price-rt")).ToHaveTextAsync(Price(), new() { Timeout = FirstDataTimeout });
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("n.y.");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("N.Y.C.");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex(@"/node/NYISO/N\.Y\.C\.$"));
        await Expect(page.Locator("[data-fact='price']")).ToHaveTextAsync(new Regex(@"^−?[\d,]+\.\d\dUSD/MWh$"));
        await Expect(page.Locator(".node-main canvas")).ToHaveCountAsync(2);
        await Expect(page.Locator(".legend-inside")).ToContainTextAsync("Congestion");
        await Expect(page.Locator("section[aria-label='Rows'] tbody tr").First.Locator(".price")).ToHaveTextAsync(Price());
        watched.AssertFaultless();
    }

    [Fact]
    public async Task An_earlier_as_of_shows_the_price_before_its_correction()
    {
        await using var watched = await world.OpenAsync(CorrectedDay);
        var page = watched.Page;
        var noon = page.Locator($"tr[data-start='{OasisDay.NoonUtc}']");
        await Expect(noon.Locator(".price")).ToHaveTextAsync("55.00");
        await Expect(noon.Locator(".revised")).ToHaveTextAsync("was 41.00");
        var revision = page.Locator("section[aria-label='Revisions'] li");
        await Expect(revision).ToHaveCountAsync(1);
        await Expect(revision.Locator("s")).ToHaveTextAsync("41.00");
        await Expect(revision.Locator("b")).ToHaveTextAsync("55.00");

        await revision.GetByText("before").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("as_of=2"));
        await Expect(page.Locator(".past-notice")).ToContainTextAsync("As it was known on");
        await Expect(noon.Locator(".price")).ToHaveTextAsync("41.00");

        await page.Locator(".past-notice").GetByText("Back to now").ClickAsync();
        await Expect(noon.Locator(".price")).ToHaveTextAsync("55.00");
        await Expect(page.Locator(".past-notice")).ToHaveCountAsync(0);
        watched.AssertFaultless();
    }

    [Fact]
    public async Task As_of_is_chosen_by_hand_on_the_clock_that_is_shown()
    {
        await using var watched = await world.OpenAsync(CorrectedDay);
        var page = watched.Page;
        await Expect(page.Locator($"tr[data-start='{OasisDay.NoonUtc}'] .price")).ToHaveTextAsync("55.00");
        await page.Keyboard.PressAsync("a");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("As of").FillAsync("2025-07-09T10:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("as_of=2025-07-09T17:00:00Z"));
        await Expect(page.Locator("main")).ToContainTextAsync("No prices in this period");
        await Expect(page.Locator("main")).ToContainTextAsync("Choose a later as-of");
        watched.AssertFaultless();
    }

    [Fact]
    public async Task Times_are_shown_on_the_clock_of_the_market_or_of_UTC()
    {
        await using var watched = await world.OpenAsync(CorrectedDay);
        var page = watched.Page;
        var noon = page.Locator($"tr[data-start='{OasisDay.NoonUtc}'] th");
        await Expect(noon).ToHaveTextAsync("10 Jul 12:00–13:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "UTC", Exact = true }).ClickAsync();
        await Expect(noon).ToHaveTextAsync("10 Jul 19:00–20:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Local", Exact = true }).ClickAsync();
        await Expect(noon).ToHaveTextAsync("10 Jul 21:00–22:00");
        await Expect(page).ToHaveURLAsync(new Regex("tz=local"));
        watched.AssertFaultless();
    }

    [Fact]
    public async Task Load_and_fuel_mix_are_drawn_and_added_up()
    {
        await using var watched = await world.OpenAsync("/load?iso=ERCOT", ColorScheme.Light);
        var page = watched.Page;
        var mix = page.Locator(".fuel-grid");
        await Expect(mix.GetByText("Natural Gas")).ToBeVisibleAsync(new() { Timeout = FirstDataTimeout });
        await Expect(mix.Locator("tfoot td").First).ToHaveTextAsync(new Regex(@"^\d\d,\d\d\d$"));
        await Expect(page.Locator("section[aria-label='Load'] canvas")).ToBeVisibleAsync();
        await Expect(page.Locator("section[aria-label='Fuel mix'] canvas")).ToBeVisibleAsync();
        watched.AssertFaultless();
    }

    [Fact]
    public async Task A_series_is_found_by_words_in_the_catalog_and_drawn()
    {
        await using var watched = await world.OpenAsync("/prices");
        var page = watched.Page;
        await page.Keyboard.PressAsync("s");
        await Expect(page).ToHaveURLAsync(new Regex("/series$"));
        var entry = page.Locator("tr[data-series='eia/rto/region-data/CISO/D']");
        await page.GetByLabel("Words to find series by").FillAsync("california demand");
        await Expect(page).ToHaveURLAsync(new Regex(@"q=california\+demand"));
        await Expect(entry).ToBeVisibleAsync(new() { Timeout = FirstDataTimeout });
        await entry.Locator("a").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/series/eia/rto%2Fregion-data%2FCISO%2FD$"));
        await Expect(page.Locator("h1")).ToHaveTextAsync("California Independent System Operator, Demand");
        await Expect(page.Locator("[data-fact='value']")).ToHaveTextAsync(
            new Regex(@"^[\d,]+megawatthours$"), new() { Timeout = FirstDataTimeout });
        await Expect(page.Locator("section[aria-label='Values'] canvas")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("section[aria-label='Rows'] tbody tr").First).ToContainTextAsync(new Regex(@"[\d,]{5,}"));
        watched.AssertFaultless();
    }

    [Fact]
    public async Task Prices_of_thousands_stay_in_their_panels()
    {
        await using var watched = await world.OpenAsync("/prices");
        var page = watched.Page;
        var price = page.Locator("tr[data-location='HB_HOUSTON'] .price-rt");
        await Expect(price).ToHaveTextAsync(Price(), new() { Timeout = FirstDataTimeout });
        const string Spike = """
            () => {
              const cells = "tr[data-location] td:nth-child(-n + 5), .price-large, .change, .price-facts dd";
              document.querySelectorAll(cells).forEach((cell) => { if (!cell.querySelector("svg")) cell.textContent = "\u22122,345.67"; });
              return [...document.querySelectorAll(".panels .panel")].map((panel) => panel.scrollWidth - panel.clientWidth).join();
            }
            """;
        foreach (var width in (int[])[1440, 1366, 1300])
        {
            await page.SetViewportSizeAsync(width, 900);
            var beyond = await page.EvaluateAsync<string>(Spike);
            Assert.True(beyond.Split(',').All(pixels => pixels == "0"), $"{width} wide: panels reach {beyond} pixels beyond themselves");
        }
    }

    [Fact]
    public async Task The_gap_calendar_shows_what_came_of_each_day()
    {
        await using var watched = await world.OpenAsync("/prices");
        var page = watched.Page;
        await page.Keyboard.PressAsync("h");
        await Expect(page).ToHaveURLAsync(new Regex("/health-data$"));
        var day = page.Locator("tr[data-feed='nyiso/real-time-lmp-zone'] .days .outcome-data").First;
        await Expect(day).ToBeVisibleAsync(new() { Timeout = FirstDataTimeout });
        var date = await day.GetAttributeAsync("data-day");
        await day.ClickAsync();

        var details = page.Locator("aside[aria-label='Details']");
        await Expect(details).ToContainTextAsync(date!);
        await Expect(details.Locator(".facts-list")).ToContainTextAsync(new Regex(@"Rows[\d,]+Attempts[1-9]"));
        await Expect(details.Locator(".feed-facts")).ToContainTextAsync("Revisions");
        await Expect(page).ToHaveURLAsync(new Regex($"feed=nyiso/real-time-lmp-zone&day={date}"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(details).ToHaveCountAsync(0);
        watched.AssertFaultless();
    }

    [Fact]
    public async Task Rows_can_be_taken_away_as_CSV()
    {
        await using var watched = await world.OpenAsync(CorrectedDay);
        var link = watched.Page.GetByText("CSV", new() { Exact = true });
        var download = await watched.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("CAISO-TH_SP15_GEN-APND.csv", download.SuggestedFilename);
        Assert.Equal(24 + 1, lines.Length);
        Assert.StartsWith("iso_code,iso_market,location_id", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_view_leads_back()
    {
        await using var watched = await world.OpenAsync("/no-such-view");
        await watched.Page.GetByText("Go to prices").ClickAsync();
        await Expect(watched.Page).ToHaveURLAsync(new Regex("/prices$"));
        watched.AssertFaultless();
    }

    /// <summary>A price with its cents, a true minus sign before it where it is negative.</summary>
    [GeneratedRegex(@"^−?[\d,]+\.\d\d$")]
    private static partial Regex Price();
}

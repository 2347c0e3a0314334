using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aurum.Tests.Browser;

/// <summary>The page of real-time prices, seen through a browser.</summary>
[Trait("Category", "Browser")]
public sealed class TicksPageTests(TickWorld world) : IClassFixture<TickWorld>
{
    private static readonly Regex Price = new(@"^−?\d+\.\d\d$");

    [Fact]
    public async Task Prices_are_listed_and_drawn_as_candles_with_what_came_late()
    {
        await using var watched = await world.OpenAsync("/prices");
        var page = watched.Page;
        await page.Keyboard.PressAsync("r");
        await Expect(page).ToHaveURLAsync(new Regex("/ticks$"));
        var rows = page.Locator("section[aria-label='Latest prices'] tbody tr");
        await Expect(rows).ToHaveCountAsync(4);
        await Expect(rows.First.Locator(".price")).ToHaveTextAsync(Price);
        var bars = page.Locator("section[aria-label='Bars']");
        await Expect(bars.Locator("canvas")).ToBeVisibleAsync();
        await Expect(bars.Locator("tbody tr").First.Locator(".price")).ToHaveTextAsync(Price);
        await Expect(bars.GetByText("revision").First).ToBeVisibleAsync();
        await Expect(page.Locator("[aria-label='Messages'] dt")).ToHaveTextAsync("Every message is accounted for");

        await rows.Nth(2).Locator("a").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("instrument="));
        await Expect(bars.Locator("h2")).ToHaveTextAsync(await rows.Nth(2).GetAttributeAsync("data-instrument") ?? "");
        await bars.GetByText("15m", new() { Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("interval=15m"));
        await Expect(bars.Locator("tr[data-start='2026-03-02T15:15:00Z'] .price")).ToHaveTextAsync(Price);
        watched.AssertFaultless();
    }

    [Fact]
    public async Task A_price_that_comes_in_is_seen_and_moves_nothing()
    {
        await using var watched = await world.OpenAsync("/ticks");
        var row = watched.Page.Locator("section[aria-label='Latest prices'] tbody tr").Last;
        var instrument = await row.GetAttributeAsync("data-instrument") ?? "";
        await Expect(watched.Page.Locator("[data-flow='live']")).ToBeVisibleAsync();
        var before = await row.BoundingBoxAsync();
        await world.SendAsync(instrument, instrument.Split('.')[0], new DateTime(2026, 3, 2, 16, 0, 30, DateTimeKind.Utc), 1234.56);
        await Expect(row.Locator(".price")).ToHaveTextAsync("1,234.56");
        await Expect(row).ToContainTextAsync("1,234.06");
        var after = await row.BoundingBoxAsync();
        Assert.Equal((before!.X, before.Y, before.Width, before.Height), (after!.X, after.Y, after.Width, after.Height));
        watched.AssertFaultless();
    }

    /// <summary>Takes the twenty seconds of calm after which each change is followed again.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Prices_that_change_too_often_are_read_once_a_second_until_they_calm_down()
    {
        const string tenant = "busy";
        await using var watched = await world.OpenAsync($"/ticks?tenant={tenant}");
        var page = watched.Page;
        var slow = new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 };
        await Expect(page.Locator("[data-flow='live']")).ToBeVisibleAsync();
        var at = new DateTime(2026, 3, 2, 16, 0, 1, DateTimeKind.Utc);
        await world.SendBusyAsync(tenant, at, 40_000, 777.77);
        await Expect(page.Locator("[data-flow='sampled']")).ToBeVisibleAsync(slow);
        await Expect(page.GetByText("Once a second")).ToBeVisibleAsync();
        var row = page.Locator($"tr[data-instrument='{tenant}.0']");
        await Expect(row.Locator(".price")).ToHaveTextAsync("777.77", new() { Timeout = 60_000 });
        await world.SendBusyAsync(tenant, at.AddSeconds(21), 1, 888.88);
        await Expect(row.Locator(".price")).ToHaveTextAsync("888.88", new() { Timeout = 60_000 });

        await Expect(page.Locator("[data-flow='live']")).ToBeVisibleAsync(slow);
        await world.SendBusyAsync(tenant, at.AddSeconds(22), 1, 999.99);
        await Expect(row.Locator(".price")).ToHaveTextAsync("999.99");
        watched.AssertFaultless();
    }

    [Fact]
    public async Task A_dead_letter_is_shown_with_its_reason_and_sent_again()
    {
        await using var watched = await world.OpenAsync("/ticks");
        var letters = watched.Page.Locator("section[aria-label='Dead letters']");
        await Expect(letters.Locator("tbody tr")).ToHaveCountAsync(TickWorld.DeadLetters);
        var first = letters.Locator("tbody tr").First;
        await Expect(first.Locator(".why")).ToContainTextAsync("expected ");
        await first.GetByText("Send again").ClickAsync();
        await Expect(first).ToContainTextAsync("failed again");
        await letters.GetByText("All", new() { Exact = true }).ClickAsync();
        await Expect(letters.Locator("tbody tr")).ToHaveCountAsync(TickWorld.DeadLetters + 1);
        await Expect(letters.GetByText("sent again").First).ToBeVisibleAsync();
        watched.AssertFaultless();
    }

    [Fact]
    public async Task It_fits_a_phone_in_the_light()
    {
        await using var watched = await world.OpenOnPhoneAsync("/ticks");
        var page = watched.Page;
        await Expect(page.Locator("section[aria-label='Bars'] canvas")).ToBeVisibleAsync();
        await Expect(page.Locator("html[data-theme='light']")).ToHaveCountAsync(1);
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        watched.AssertFaultless();
    }
}

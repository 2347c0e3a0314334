using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aurum.Tests.Browser;

/// <summary>The page of forward curves, seen through a browser.</summary>
[Trait("Category", "Browser")]
public sealed class CurvesPageTests(PageWorld world) : IClassFixture<PageWorld>
{
    private static readonly Regex Price = new(@"^−?\d+\.\d{3}");

    [Fact]
    public async Task A_curve_is_drawn_with_what_changed_and_where_it_is_from()
    {
        await using var watched = await world.OpenAsync("/prices");
        var page = watched.Page;
        await page.Keyboard.PressAsync("c");
        await Expect(page).ToHaveURLAsync(new Regex("/curves$"));
        var chart = page.Locator("section[aria-label='Forward curve']");
        await Expect(chart).ToContainTextAsync("Dutch_TTF gas");
        await Expect(chart.Locator(".legend")).ToContainTextAsync("2025-09-16");
        await Expect(page.Locator("[data-fact='price']")).ToHaveTextAsync(Price);
        var changes = page.Locator("section[aria-label='Changes']");
        await Expect(changes).ToContainTextAsync("market move 151");
        await Expect(changes.Locator("tr[data-tenor='2025-09'] .price")).ToHaveTextAsync(Price);

        var canvas = chart.Locator("canvas");
        var box = (await canvas.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.2f), box.Y + (box.Height * 0.5f));
        await Expect(chart.Locator(".tooltip")).ToContainTextAsync("Fixed Prices - Mid!D");
        await Expect(chart.Locator(".tooltip")).ToContainTextAsync("EOD_EUGP_20250917_1430.xlsx");
        await Expect(chart.Locator(".tooltip")).ToContainTextAsync("Calendar 2027");
        watched.AssertFaultless();
    }

    [Fact]
    public async Task A_curve_and_its_date_are_chosen_and_stand_in_the_URL()
    {
        await using var watched = await world.OpenAsync("/curves");
        var page = watched.Page;
        var belgium = new SelectOptionValue { Label = "EU · Belgium power BASE" };
        await page.GetByLabel("Curve", new() { Exact = true }).SelectOptionAsync(belgium);
        await Expect(page).ToHaveURLAsync(new Regex("curve=[0-9a-f]{64}"));
        await Expect(page.Locator("section[aria-label='Forward curve'] h2")).ToHaveTextAsync("Belgium power BASE");
        await page.GetByLabel("As-of date").SelectOptionAsync("2025-09-16");
        await Expect(page).ToHaveURLAsync(new Regex("asof=2025-09-16"));
        await Expect(page.Locator("section[aria-label='Forward curve'] h2")).ToHaveTextAsync("Belgium power BASE");
        await Expect(page.Locator(".facts-when").First).ToHaveTextAsync("2025-09, as of 2025-09-16");
        watched.AssertFaultless();
    }

    [Fact]
    public async Task A_branch_that_waits_is_shown_with_its_reason()
    {
        await using var watched = await world.OpenAsync("/curves");
        var row = watched.Page.Locator("tr[data-branch='eod_20250918']");
        await Expect(row).ToContainTextAsync("open");
        await Expect(row.Locator(".why")).ToContainTextAsync("expect_strips_to_equal_mean_of_months");
        await Expect(watched.Page.Locator(".toolbar")).ToContainTextAsync("eod_20250918 not merged");
        watched.AssertFaultless();
    }
}

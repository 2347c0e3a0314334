using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aurum.Tests.Browser;

/// <summary>The pages of scenarios and of power purchase agreements, seen through a browser.</summary>
[Trait("Category", "Browser")]
public sealed class ModelPageTests(PageWorld world) : IClassFixture<PageWorld>, IDisposable
{
    private const string Contract = """
        {"name": "Zeebrugge Wind", "side": "buyer", "counterparty": "Windpark Noord", "technology": "onshore_wind", "start": "2026-01-01",
         "end": "2027-12-31", "market": "eu", "currency": "EUR", "curves": {"all_hours": "Belgium power BASE"},
         "point": {"type": "hub", "name": "BE"}, "settlement": {"type": "financial"}, "volume": {"type": "baseload", "capacity_mw": 10},
         "price": {"type": "fixed", "price": 60}, "fees": {"per_month": 1000}, "discount": {"annual_percent": 5}}
        """;

    private static readonly Regex Amount = new(@"^−?[\d,]+ EUR$");

    private readonly HttpClient _http = new();

    [Fact]
    public async Task A_scenario_is_run_and_shows_what_each_driver_moves_and_how_it_differs_from_another()
    {
        await Post("/v1/scenarios", ScenarioOf("Adder of three", 3));
        await Post("/v1/scenarios", ScenarioOf("Adder of five", 5));
        await using var watched = await world.OpenAsync("/curves");
        var page = watched.Page;
        await page.Keyboard.PressAsync("w");
        await Expect(page).ToHaveURLAsync(new Regex("/scenarios$"));
        foreach (var name in new[] { "Adder of three", "Adder of five" })
        {
            await page.Locator($"[data-scenario='{name}']").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Run on the newest curves" }).ClickAsync();
            await Expect(page.Locator("[data-run='succeeded']")).ToBeVisibleAsync();
        }

        var drivers = page.Locator("section[aria-label='Drivers']");
        await Expect(drivers.Locator("tr[data-row='Tax'] .num")).ToHaveTextAsync("+5.00");
        await Expect(drivers).ToContainTextAsync("Calendar 2026");
        await page.Locator("tr[data-tenor='2026-02'] button").ClickAsync();
        await Expect(drivers.Locator("h2")).ToHaveTextAsync("2026-02");
        await page.GetByLabel("Against").SelectOptionAsync("Adder of three");
        var difference = page.Locator("section[aria-label='Differences'] tr[data-tenor='2026-02']");
        await Expect(difference).ToContainTextAsync("−2.00");
        await Expect(difference).ToContainTextAsync("tax −2.00");
        await Expect(page.Locator("aside[aria-label='Run']")).ToContainTextAsync("2025-09-17");
        watched.AssertFaultless();
    }

    [Fact]
    public async Task A_contract_is_said_in_words_valued_with_its_risk_and_split_into_its_parts()
    {
        await Post("/v1/ppa/contracts", $$"""{"terms": {{Contract}}}""");
        await using var watched = await world.OpenAsync("/curves");
        var page = watched.Page;
        await page.Keyboard.PressAsync("v");
        await Expect(page).ToHaveURLAsync(new Regex("/ppa$"));
        await Expect(page.Locator(".term-sheet")).ToContainTextAsync("We buy from Windpark Noord.");
        await page.GetByRole(AriaRole.Button, new() { Name = "With risk" }).ClickAsync();
        await Expect(page.Locator("[data-fact='Net present value']")).ToHaveTextAsync(Amount);
        await Expect(page.Locator("section[aria-label='Value split'] tr[data-row='Net present value']")).ToBeVisibleAsync();
        await Expect(page.Locator("section[aria-label='Sensitivities'] tr[data-row='Price']")).ToBeVisibleAsync();
        await Expect(page.Locator("tr[data-metric='p5']")).ToContainTextAsync(" to ");
        var cashflows = page.Locator("section[aria-label='Cashflows']");
        await Expect(cashflows.Locator("tr[data-year='2026']")).ToContainTextAsync("87,600");
        await cashflows.Locator("tr[data-year='2026'] button").ClickAsync();
        await Expect(cashflows.Locator(".is-month")).ToHaveCountAsync(12);
        await Expect(page.Locator("section[aria-label='Manifest']")).ToContainTextAsync("Belgium power BASE");
        watched.AssertFaultless();
    }

    public void Dispose() => _http.Dispose();

    private static string ScenarioOf(string name, int amount) => JsonSerializer.Serialize(new
    {
        name,
        assumptions = new[]
        {
            new
            {
                driver_type = "policy",
                name = "tax",
                payload = new { policy_name = "tax", effects = new[] { new { type = "price_adder", amount_per_mwh = amount } } },
            },
        },
        parameters = new { curves = new[] { new { words = "Belgium power BASE" } } },
    });

    private async Task Post(string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(new Uri(world.Address), path), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}

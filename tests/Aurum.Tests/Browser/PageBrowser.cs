using Microsoft.Playwright;

namespace Aurum.Tests.Browser;

/// <summary>A browser that knows one server and nothing else.</summary>
internal sealed class PageBrowser : IAsyncDisposable
{
    private const float ExpectMilliseconds = 30_000;
    private const string Chromium = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly string _address;

    private PageBrowser(IPlaywright playwright, IBrowser browser, string address) =>
        (_playwright, _browser, _address) = (playwright, browser, address);

    /// <summary>Starts the browser for a server, which must have the page.</summary>
    public static async Task<PageBrowser> StartAsync(string address)
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing: the tests of the page need the Debian package 'chromium'");
        await RequirePage(address);
        Assertions.SetDefaultExpectTimeout(ExpectMilliseconds);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            // No name but this machine's resolves: what the page would ask elsewhere fails and is seen.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        });
        return new PageBrowser(playwright, browser, address);
    }

    /// <summary>A fresh page whose requests and complaints are kept.</summary>
    public async Task<WatchedPage> OpenAsync(
        string path, ColorScheme colors = ColorScheme.Dark, int widthPixels = 1440, int heightPixels = 900)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _address,
            ColorScheme = colors,
            Locale = "en-US",
            TimezoneId = "Europe/Berlin",
            ViewportSize = new ViewportSize { Width = widthPixels, Height = heightPixels },
        });
        var watched = new WatchedPage(context, await context.NewPageAsync(), _address);
        await watched.Page.GotoAsync(path);
        await watched.Page.Locator("header").WaitForAsync();
        return watched;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task RequirePage(string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.True(
            answer.IsSuccessStatusCode,
            $"GET / gives {(int)answer.StatusCode}: build without -p:SkipUi=true for the tests of the page");
    }
}

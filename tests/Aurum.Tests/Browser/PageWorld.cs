using System.Text.Json;
using Aurum.Sources;
using Microsoft.Playwright;

namespace Aurum.Tests.Browser;

/// <summary>Aurum with its sandbox, a browser to look at it, and one day of prices that was corrected before it started.</summary>
public sealed class PageWorld : IAsyncLifetime
{
    public const double FirstNoonCongestionUsdPerMwh = 10;
    public const double CorrectedNoonCongestionUsdPerMwh = 24;

    public const string CurveDay = "2025-09-17";
    public const string BrokenCurveDay = "2025-09-18";

    /// <summary>Those whose markets the tests look at: all thirteen at once would only make the page wait.</summary>
    private static readonly string[] Publishers = ["caiso", "nyiso", "ercot", "eia"];

    private const float ExpectMilliseconds = 30_000;
    private const string Chromium = "/usr/bin/chromium";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aurum-browser-");
    private AurumProcess? _aurum;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing: the tests of the page need the Debian package 'chromium'");
        var data = Path.Combine(_folder.FullName, "data");
        await AurumProcess.RunAsync("ingest", OasisDay.Write(_folder.FullName, FirstNoonCongestionUsdPerMwh), "--data", data);
        await AurumProcess.RunAsync("ingest", OasisDay.Write(_folder.FullName, CorrectedNoonCongestionUsdPerMwh), "--data", data);
        await LoadCurves(data);
        var feeds = FeedCatalog.All.Where(f => Publishers.Contains(f.Id.Publisher)).Select(f => f.Id.Text);
        await File.WriteAllTextAsync(Path.Combine(data, "aurum.json"), JsonSerializer.Serialize(new { Feeds = feeds }));
        (_aurum, Address) = await AurumProcess.ServeAsync("up", "--port", "0", "--days", "1", "--data", data);
        await RequirePage();
        Assertions.SetDefaultExpectTimeout(ExpectMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            // No name but this machine's resolves: what the page would ask elsewhere fails and is seen.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        });
    }

    /// <summary>A fresh page whose requests and complaints are kept.</summary>
    public async Task<WatchedPage> OpenAsync(string path, ColorScheme colors = ColorScheme.Dark)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            ColorScheme = colors,
            Locale = "en-US",
            TimezoneId = "Europe/Berlin",
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
        });
        var watched = new WatchedPage(context, await context.NewPageAsync(), Address);
        await watched.Page.GotoAsync(path);
        await watched.Page.Locator("header").WaitForAsync();
        return watched;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_aurum is not null)
        {
            await _aurum.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Made-up workbooks of two days, and of a third whose strip does not hold: its branch waits.</summary>
    private async Task LoadCurves(string data)
    {
        var books = Path.Combine(_folder.FullName, "books");
        string[] make = ["sandbox", "workbooks", "--vendor", "eugp", "--out", books];
        await AurumProcess.RunAsync([.. make, "--as-of", CurveDay, "--days", "2"]);
        await AurumProcess.RunAsync(["curves", "load", .. Directory.EnumerateFiles(books).Order(StringComparer.Ordinal), "--data", data]);
        await AurumProcess.RunAsync([.. make, "--as-of", BrokenCurveDay, "--fault", "broken-strip"]);
        var broken = Directory.EnumerateFiles(books).Order(StringComparer.Ordinal).Last();
        await AurumProcess.RunToCodeAsync(1, "curves", "load", broken, "--data", data);
    }

    private async Task RequirePage()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address) };
        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.True(
            answer.IsSuccessStatusCode,
            $"GET / gives {(int)answer.StatusCode}: build without -p:SkipUi=true for the tests of the page");
    }
}

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

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aurum-browser-");
    private AurumProcess? _aurum;
    private PageBrowser? _browser;

    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var data = Path.Combine(_folder.FullName, "data");
        await AurumProcess.RunAsync("ingest", OasisDay.Write(_folder.FullName, FirstNoonCongestionUsdPerMwh), "--data", data);
        await AurumProcess.RunAsync("ingest", OasisDay.Write(_folder.FullName, CorrectedNoonCongestionUsdPerMwh), "--data", data);
        await LoadCurves(data);
        var feeds = FeedCatalog.All.Where(f => Publishers.Contains(f.Id.Publisher)).Select(f => f.Id.Text);
        await File.WriteAllTextAsync(Path.Combine(data, "aurum.json"), JsonSerializer.Serialize(new { Feeds = feeds }));
        (_aurum, Address) = await AurumProcess.ServeAsync("up", "--port", "0", "--days", "1", "--data", data);
        _browser = await PageBrowser.StartAsync(Address);
    }

    /// <summary>A fresh page whose requests and complaints are kept.</summary>
    public Task<WatchedPage> OpenAsync(string path, ColorScheme colors = ColorScheme.Dark) => _browser!.OpenAsync(path, colors);

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

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
}

using System.Globalization;
using System.Text;

namespace Aurum.Tests.Browser;

/// <summary>Aurum with an hour of real-time prices of four instruments, late ones among them, a few messages that are no ticks, and a
/// browser to look at it.</summary>
public sealed class TickWorld : IAsyncLifetime
{
    /// <summary>Three of these messages are broken in a row of nine.</summary>
    public const int DeadLetters = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aurum-ticks-page-");
    private AurumProcess? _aurum;
    private PageBrowser? _browser;

    private string Data => Path.Combine(_folder.FullName, "data");

    public async Task InitializeAsync()
    {
        (_aurum, var address) = await AurumProcess.ServeAsync("serve", "--port", "0", "--data", Data);
        await SendMade("prices.json", "--count", "3600", "--instruments", "4", "--every", "1", "--disorder", "200");
        await SendMade(
            "broken.json", "--mode", "malformed", "--count", "9", "--instruments", "4", "--start", "2026-03-02T16:00:00Z", "--seed", "5");
        _browser = await PageBrowser.StartAsync(address);
    }

    /// <summary>Sends one price.</summary>
    public async Task SendAsync(string instrument, string market, DateTime occurred, double price)
    {
        var micros = (occurred - DateTime.UnixEpoch).Ticks / 10;
        var file = Path.Combine(_folder.FullName, $"{micros}.csv");
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"event_id,symbol,instrument_id,market,source_id,occurred_at,ingested_at,price,bid,ask\n"
            + $"e-{micros},{instrument},{instrument},{market},sandbox-{market},{occurred:yyyy-MM-dd'T'HH:mm:ss'Z'},"
            + $"{occurred:yyyy-MM-dd'T'HH:mm:ss'Z'},{price},{price - 0.5},{price + 0.5}\n");
        await File.WriteAllTextAsync(file, text);
        await AurumProcess.RunAsync("ticks", "send", file, "--data", Data);
    }

    /// <summary>Sends prices of two instruments of another tenant, half a millisecond of event time apart, as fast as they are
    /// taken.</summary>
    public async Task SendBusyAsync(string tenant, DateTime first, int count, double lastPrice)
    {
        var file = Path.Combine(_folder.FullName, $"{tenant}-{first.Ticks}.csv");
        var text = new StringBuilder("event_id,tenant_id,symbol,instrument_id,market,source_id,occurred_at,ingested_at,price\n");
        for (var i = 0; i < count; i++)
        {
            var at = first.AddTicks(i * TimeSpan.TicksPerMillisecond / 2);
            var price = i == count - 1 ? lastPrice : 20 + (i % 100);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{tenant}-{at.Ticks},{tenant},BUSY,{tenant}.{(count - 1 - i) % 2},CAISO,{tenant},{at:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'},"
                + $"{at:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'},{price}\n");
        }

        await File.WriteAllTextAsync(file, text.ToString());
        await AurumProcess.RunAsync("ticks", "send", file, "--data", Data);
    }

    internal Task<WatchedPage> OpenAsync(string path) => _browser!.OpenAsync(path);

    internal Task<WatchedPage> OpenOnPhoneAsync(string path) =>
        _browser!.OpenAsync(path, Microsoft.Playwright.ColorScheme.Light, widthPixels: 390, heightPixels: 844);

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

    private async Task SendMade(string name, params string[] options)
    {
        var file = Path.Combine(_folder.FullName, name);
        await AurumProcess.RunAsync(["ticks", "generate", .. options, "--to", file]);
        await AurumProcess.RunAsync("ticks", "send", file, "--data", Data);
    }
}

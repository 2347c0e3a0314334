using Aurum.Sandbox.Workbooks;
using Aurum.Tests.Curves;
using NodaTime;

namespace Aurum.Tests.Commands;

/// <summary>Curves of a made-up workbook, built on the command line.</summary>
public sealed class CurvesBuildCommandTests(LoadedCurves loaded) : IClassFixture<LoadedCurves>
{
    [Fact]
    public async Task A_peak_curve_comes_by_month_and_says_what_was_done()
    {
        var run = (await Build("eu", "german", "POWER", "--block", "PEAK", "--location", "German", "--averaging", "simple_mean")).Ended(0);
        Assert.Equal("date,interval_start_utc,interval_end_utc,price,unit,hours,origin", run.Lines[0]);
        Assert.Equal(122, run.Lines.Count);
        Assert.StartsWith("2025-11-01,2025-10-31T23:00:00Z,2025-11-30T23:00:00Z,", run.Lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",EUR/MWh,240,quoted", run.Lines[1], StringComparison.Ordinal);
        Assert.Contains("aurum: 121 months by bootstrap of 121 quotes: 121 quoted", run.Error, StringComparison.Ordinal);
        Assert.Contains("more quotes say the same within rounding", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not met", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Base_and_peak_say_what_the_other_hours_cost()
    {
        var run = (await Aurum("curves", "blocks", "german", "power", "--location", "German", "--as-of", "2025-11-04")).Ended(0);
        Assert.Equal(122, run.Lines.Count);
        Assert.StartsWith("2025-11-04,,EU,German,power,EUR/MWh,2025-11,", run.Lines[1], StringComparison.Ordinal);
        var cells = run.Lines[1].Split(',');
        var (all, peak, rest) = (Number(cells[7]), Number(cells[8]), Number(cells[9]));
        Assert.Equal(("240", "480", "OFF_PEAK", "", ""), (cells[10], cells[11], cells[12], cells[13], cells[14]));
        Assert.Equal((all * 720) - (peak * 240), rest * 480, 1e-6);
        Assert.Contains("121 months with two blocks or three; 0 of the 0 with three do not fit", run.Error, StringComparison.Ordinal);
        var none = (await Aurum("curves", "blocks", "--location", "Atlantis", "--as-of", "2025-11-04")).Ended(2);
        Assert.Contains("curve: expected filters that fit", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotes_that_were_held_back_are_named_with_the_reason()
    {
        using var folder = new DataFolder();
        var made = VendorWorkbooks.Make("eugp", new LocalDate(2025, 11, 4), 7, [WorkbookFaults.Find("unknown-period")!]);
        var path = Path.Combine(folder.Path, made.File);
        await File.WriteAllBytesAsync(path, made.Bytes);
        var data = Path.Combine(folder.Path, "data");
        await CommandRun.Of("curves", "load", path, "--data", data);
        var run = (await CommandRun.Of(
            "curves", "build", "--as-of", "2025-11-04", "--location", "German", "--product", "power", "--block", "PEAK", "--format", "json",
            "--data", data)).Ended(0);
        var unused = run.Json.GetProperty("curve").GetProperty("quotes_not_used");
        Assert.NotEqual(0, unused.GetArrayLength());
        Assert.All(
            unused.EnumerateArray(),
            q => Assert.Contains("invalid_tenor_type", q.GetProperty("why").GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task By_hours_the_vendors_strips_are_not_met_and_the_account_names_their_months()
    {
        var run = (await Build("--location", "German", "--product", "power", "--block", "PEAK", "--format", "json")).Ended(0);
        var curve = run.Json.GetProperty("curve");
        Assert.Equal(121, curve.GetProperty("quotes_used").GetArrayLength());
        Assert.Equal("ON_PEAK of eu, Europe/Berlin, version 2026.2", curve.GetProperty("parameters").GetProperty("calendar").GetString());
        var conflict = curve.GetProperty("quotes_not_met")[0];
        Assert.Equal("Strips - Mid", conflict.GetProperty("quote").GetProperty("sheet_name").GetString());
        Assert.All(conflict.GetProperty("against").EnumerateArray(),
            q => Assert.Equal("Fixed Prices - Mid", q.GetProperty("sheet_name").GetString()));
        Assert.Equal(121, run.Json.GetProperty("points").GetArrayLength());
    }

    [Fact]
    public async Task British_gas_comes_in_euros_by_the_day_with_the_rate_that_was_used()
    {
        (await Aurum("fetch", "ecb/reference-rates", "--day", "2025-11-03", "--sandbox")).Ended(0);
        string[] gas = ["--location", "NBP", "--product", "gas"];
        var pence = (await Build(gas)).Ended(0);
        var euros = (await Build([.. gas, "--method", "smooth", "--granularity", "day", "--unit", "EUR/MWh"])).Ended(0);
        Assert.Contains(",p/therm,720,quoted", pence.Lines[1], StringComparison.Ordinal);
        Assert.Contains("ECB fixing of 2025-11-03, the last one published up to 2025-11-04", euros.Error, StringComparison.Ordinal);
        Assert.Equal("2025-11-01,2025-11-01T00:00:00Z,2025-11-02T00:00:00Z", string.Join(',', euros.Lines[1].Split(',').Take(3)));

        // A penny a therm is 0.3412141633 pounds a megawatt hour.
        var rate = euros.Error.Split("aurum: ").Select(l => l.Split(" EUR for 1 GBP")).First(l => l.Length > 1)[0];
        var november = euros.Lines.Skip(1).Take(30).Average(l => Number(l.Split(',')[3]));
        Assert.Equal(Number(pence.Lines[1].Split(',')[3]) * 0.3412141633 * Number(rate), november, 1e-5);
    }

    [Theory]
    [InlineData("--location German", "curve: expected filters that fit one curve of 2025-11-04, found ")]
    [InlineData("--location Atlantis", "curve: expected filters that fit one curve of 2025-11-04, found none")]
    [InlineData("--location NBP --product gas --unit XAU/MWh",
        "curve: expected rates of GBP and XAU against the euro from 2025-10-28 to 2025-11-04, found none")]
    [InlineData("--location EUA --unit EUR/MWh", "curve: expected a content that leads from tonne (mass) to MWh (energy)")]
    [InlineData("--location EUA --unit EUR/ton", "unit: expected ")]
    [InlineData("--location EUA --unit EUR/kg --currency USD", "currency: expected unit or currency, not both, found 'USD'")]
    [InlineData("--location EUA --granularity week", "granularity: expected one of month, day, hour, found 'week'")]
    [InlineData("--location EUA --shape-feed pjm/day-ahead-lmp", "shape_location: expected both shape_feed and shape_location")]
    [InlineData("--location EUA --granularity hour --shape-feed pjm/load --shape-location X",
        "shape_feed: expected a feed of prices, as aurum feeds lists them, found 'pjm/load'")]
    [InlineData("--location EUA --granularity hour --shape-feed pjm/day-ahead-lmp --shape-location X",
        "shape_kind: expected ratio, or a curve in USD/MWh as the prices of pjm/day-ahead-lmp, found EUR/tonne")]
    [InlineData("--location EUA --granularity hour --shape-feed pjm/day-ahead-lmp --shape-location X --shape-kind ratio",
        "shape_location: expected at least 1 months with a price in 90 % of their hours, found 0 (no hours at all)")]
    public async Task What_cannot_be_built_ends_with_2_and_says_why(string arguments, string message) =>
        Assert.Contains(message, (await Build(arguments.Split(' '))).Ended(2).Error, StringComparison.Ordinal);

    [Fact]
    public async Task The_as_of_date_must_be_given() => Assert.Contains(
        "asof: expected the as-of date of the quotes, found none",
        (await Aurum("curves", "build", "--location", "EUA")).Ended(2).Error,
        StringComparison.Ordinal);

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private Task<CommandRun> Build(params string[] arguments) => Aurum(["curves", "build", "--as-of", "2025-11-04", .. arguments]);

    private Task<CommandRun> Aurum(params string[] arguments) => loaded.Aurum(arguments);
}

/// <summary>A data directory with one vendor's workbook.</summary>
public sealed class LoadedCurves : IAsyncLifetime, IDisposable
{
    private static readonly LocalDate AsOf = new(2025, 11, 4);

    private readonly DataFolder _data = new();

    public async Task InitializeAsync()
    {
        var book = Path.Combine(_data.Path, CurveRig.NameOf("eugp", AsOf));
        await File.WriteAllBytesAsync(book, CurveRig.Book("eugp", AsOf));
        (await Aurum("curves", "load", book)).Ended(0);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _data.Dispose();

    internal Task<CommandRun> Aurum(params string[] arguments) => CommandRun.Of([.. arguments, "--data", _data.Path]);
}

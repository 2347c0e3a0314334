namespace Aurum.Tests.Commands;

public sealed class SeriesCommandTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task What_providers_say_of_their_series_is_fetched_listed_and_searched()
    {
        (await Aurum("fetch", "fred/series-catalog", "--day", "2025-11-04", "--sandbox")).Ended(0);
        (await Aurum("fetch", "ecb/currency-catalog", "--day", "2025-11-04", "--sandbox")).Ended(0);

        var found = (await Aurum("series", "henry", "hub", "--unit", "USD/MMBtu")).Ended(0);
        Assert.Equal("provider,series_id,category,unit_code,frequency,start_date,end_date,title", found.Lines[0]);
        Assert.Equal(["fred,series/DHHNGSP,series,USD/MMBtu,D", "fred,series/MHHNGSP,series,USD/MMBtu,M"],
            found.Lines.Skip(1).Where(l => l.Length > 0).Select(l => string.Join(',', l.Split(',').Take(5))));
        Assert.Contains("ecb,EUR/USD,currency,USD/EUR,D,,2025-11-04,", (await Aurum("series", "--provider", "ecb")).Ended(0).Out,
            StringComparison.Ordinal);
        Assert.Equal(["provider,series_id,category,unit_code,frequency,start_date,end_date,title"],
            (await Aurum("series", "it's", "not there")).Ended(0).Lines.Where(l => l.Length > 0));
    }

    [Fact]
    public async Task Values_are_filled_only_where_that_is_asked_for()
    {
        (await Aurum("fetch", "fred/observations", "--day", "2025-11-03", "--sandbox")).Ended(0);
        (await Aurum("fetch", "ecb/reference-rates", "--day", "2025-11-04", "--sandbox")).Ended(0);
        string[] values = ["series", "values", "fred", "series/DEXUSEU", "--from", "2025-11-01", "--to", "2025-11-04"];

        var plain = (await Aurum(values)).Ended(0);
        var filled = (await Aurum([.. values, "--fallback"])).Ended(0);

        Assert.DoesNotContain("2025-11-04T00:00:00Z,2025", plain.Out, StringComparison.Ordinal);
        var last = filled.Lines.Last(l => l.Length > 0);
        Assert.StartsWith("2025-11-04T00:00:00Z,2025-11-05T00:00:00Z,", last, StringComparison.Ordinal);
        Assert.Contains(",U.S. Dollars to One Euro,ecb,EUR/USD,fred/series/DEXUSEU,1,", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_none_is_refused_by_name() => Assert.Contains(
        "--from: expected a date like 2026-11-20, found 'monday'",
        (await Aurum("series", "values", "fred", "series/DGS10", "--from", "monday")).Ended(2).Error,
        StringComparison.Ordinal);

    private Task<CommandRun> Aurum(params string[] arguments) => CommandRun.Of([.. arguments, "--data", _data.Path]);
}

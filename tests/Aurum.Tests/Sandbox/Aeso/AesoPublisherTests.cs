using System.Text.Json;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Tests.Sandbox.Aeso;

/// <summary>What the sandbox's AESO sends has the form of recorded web reports, and of the publisher's own description of its
/// API.</summary>
public sealed class AesoPublisherTests
{
    private const string Web = "/Market/Reports/Manual/Operations/prodweb_reports/wind_solar_forecast/";

    private static readonly Instant Now = Instant.FromUtc(2025, 11, 3, 18, 0);

    [Theory]
    [InlineData("wind")]
    [InlineData("solar")]
    public void Forecasts_have_the_header_and_the_hours_of_the_recorded_file(string kind)
    {
        var recorded = Wire.Lines(Wire.Sample("aeso", $"{kind}_rpt_longterm.csv"));
        var found = Wire.Lines(Wire.Text(Wire.Ask("aeso", $"{Web}{kind}_rpt_longterm.csv", Now)));
        Assert.Equal(recorded[0], found[0]);
        Assert.Equal(recorded.Length, found.Length);
        Assert.Equal(recorded[1].Split(',').Length, found[1].Split(',').Length);
        Assert.StartsWith("2025-11-02 00:00,", found[1], StringComparison.Ordinal);
        Assert.Equal(2, found.Count(l => l.StartsWith("2025-11-02 01:00,", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("2025-11-02", 25)]
    [InlineData("2025-03-09", 23)]
    [InlineData("2025-10-31", 24)]
    public void A_day_of_pool_prices_has_its_hours(string day, int hours)
    {
        using var answer = Json($"/public/poolprice-api/v1.1/price/poolPrice?startDate={day}&endDate={day}");
        var rows = answer.RootElement.GetProperty("return").GetProperty("Pool Price Report").EnumerateArray().ToList();
        Assert.Equal(hours, rows.Count);
        Assert.Equal(
            ["begin_datetime_utc", "begin_datetime_mpt", "pool_price", "forecast_pool_price", "rolling_30day_avg"],
            rows[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void The_newest_marginal_price_ends_at_the_days_last_minute()
    {
        using var answer = Json("/public/systemmarginalprice-api/v1.1/price/systemMarginalPrice?startDate=2025-11-03&endDate=2025-11-03");
        var rows = answer.RootElement.GetProperty("return").GetProperty("System Marginal Price Report").EnumerateArray().ToList();
        Assert.Equal("2025-11-03 23:59", rows[^1].GetProperty("end_datetime_mpt").GetString());
        Assert.Equal(rows[1].GetProperty("begin_datetime_utc").GetString(), rows[0].GetProperty("end_datetime_utc").GetString());
    }

    [Fact]
    public void The_summary_is_taken_at_noon()
    {
        using var answer = Json("/public/currentsupplydemand-api/v2/csd/summary/current");
        Assert.Equal("2025-11-02 12:00", answer.RootElement.GetProperty("return").GetProperty("effective_datetime_mpt").GetString());
    }

    [Fact]
    public void Whoever_has_no_key_or_asks_for_no_date_or_nothing_is_refused_in_the_gateways_words()
    {
        const string Path = "/public/poolprice-api/v1.1/price/poolPrice?startDate=";
        var noKey = Wire.Network.Publisher("aeso").Answer(SandboxRequest.Get(Path + "2025-11-02"), Moment.At(Now));
        Assert.Equal(401, noKey.Status);
        Assert.Contains("missing subscription key", Wire.Text(noKey), StringComparison.Ordinal);
        Assert.Equal(400, Wire.Ask("aeso", Path + "today", Now).Status);
        Assert.Equal(404, Wire.Ask("aeso", "/public/nothing", Now).Status);
    }

    private static JsonDocument Json(string path)
    {
        var response = Wire.Ask("aeso", path, Now);
        Assert.Equal(200, response.Status);
        return JsonDocument.Parse(response.Body);
    }
}

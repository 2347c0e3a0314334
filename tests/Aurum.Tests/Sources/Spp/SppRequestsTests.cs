using Aurum.Market.Feeds;
using Aurum.Sources.Spp;
using NodaTime;

namespace Aurum.Tests.Sources.Spp;

public sealed class SppRequestsTests
{
    private const string Download = "/file-browser-api/download/";

    private static readonly Instant Later = Instant.FromUtc(2026, 10, 20, 12, 0);

    [Theory]
    [InlineData("spp/day-ahead-lmp", "da-lmp-by-settlement-location?path=/2026/10/By_Day/DA-LMP-SL-202610090100.csv")]
    [InlineData("spp/day-ahead-lmp-bus", "da-lmp-by-bus?path=/2026/10/By_Day/DA-LMP-B-202610090100.csv")]
    [InlineData("spp/real-time-lmp", "rtbm-lmp-by-location?path=/2026/10/By_Day/RTBM-LMP-DAILY-SL-20261009.csv")]
    [InlineData("spp/real-time-lmp-bus", "rtbm-lmp-by-bus?path=/2026/10/By_Day/RTBM-LMP-DAILY-B-20261009.csv")]
    [InlineData("spp/load", "hourly-load?path=/2026/DAILY_HOURLY_LOAD-20261009.csv")]
    [InlineData("spp/fuel-mix", "generation-mix-historical?path=/SPP/GenMix365_SPP.csv")]
    [InlineData("spp/fuel-mix-west", "generation-mix-historical?path=/SWPW/GenMix365_SWPW.csv")]
    [InlineData("spp/tie-flows", "historical-tie-flow?path=/TieFlows_SPP_Oct2026.csv")]
    [InlineData("spp/tie-flows-west", "historical-tie-flow?path=/TieFlows_SWPW_Oct2026.csv")]
    public void Every_feed_asks_for_its_own_file(string id, string path)
    {
        var feed = SppFeeds.All.Single(f => f.Id.Text == id);
        var request = Assert.Single(feed.Locate(feed.Day(new LocalDate(2026, 10, 9)), Later));
        Assert.Equal(("spp-portal", Download + path), (request.Site, request.PathAndQuery));
        Assert.Equal(path[(path.LastIndexOf('/') + 1)..], request.FileName);
    }

    [Fact]
    public void A_real_time_day_comes_by_intervals_until_its_one_file_is_there()
    {
        var day = RealTimeLmp.Location.Day(new LocalDate(2024, 6, 30));
        var sixDaysLater = RealTimeLmp.Location.Day(new LocalDate(2024, 7, 6)).Start;
        var pieces = RealTimeLmp.Location.Locate(day, sixDaysLater - Duration.FromSeconds(1));
        Assert.Equal(288, pieces.Count);
        Assert.All(pieces, p => Assert.True(p.IsPiece));
        const string Folder = Download + "rtbm-lmp-by-location?path=/2024/06/By_Interval/30/";
        Assert.Equal(Folder + "RTBM-LMP-SL-202406300005.csv", pieces[0].PathAndQuery);
        Assert.Equal(Folder + "RTBM-LMP-SL-202407010000.csv", pieces[^1].PathAndQuery);
        Assert.False(Assert.Single(RealTimeLmp.Location.Locate(day, sixDaysLater)).IsPiece);
    }

    [Fact]
    public void A_running_day_is_asked_for_as_far_as_it_has_come()
    {
        var day = RealTimeLmp.Bus.Day(new LocalDate(2026, 7, 1));
        Assert.Empty(RealTimeLmp.Bus.Locate(day, day.Start + Duration.FromMinutes(4)));
        Assert.Equal(7, RealTimeLmp.Bus.Locate(day, day.Start + Duration.FromMinutes(39)).Count);
    }

    [Fact]
    public void The_hour_that_comes_twice_has_a_d_in_the_names_of_its_second_pass()
    {
        var day = RealTimeLmp.Location.Day(new LocalDate(2025, 11, 2));
        var names = RealTimeLmp.Location.Locate(day, day.End).Select(r => r.FileName["RTBM-LMP-SL-".Length..^4]).ToList();
        Assert.Equal(300, names.Count);
        Assert.Equal(300, names.Distinct().Count());
        Assert.Equal(["202511020155", "202511020100d", "202511020105d"], names[22..25]);
        Assert.Equal(["202511020155d", "202511020200"], names[34..36]);
        Assert.Equal(12, names.Count(n => n.EndsWith('d')));
    }

    [Fact]
    public void The_day_that_lacks_an_hour_has_276_intervals()
    {
        var day = RealTimeLmp.Location.Day(new LocalDate(2026, 3, 8));
        var names = RealTimeLmp.Location.Locate(day, day.End).Select(r => r.FileName["RTBM-LMP-SL-".Length..^4]).ToList();
        Assert.Equal(276, names.Count);
        Assert.Equal(["202603080155", "202603080300", "202603080305"], names[22..25]);
    }

    [Theory]
    [InlineData(2025, 11, 2, 25, "0000 0100 0200 0200d 0300")]
    [InlineData(2026, 3, 8, 23, "0000 0100 0300 0400 0500")]
    [InlineData(2026, 7, 1, 24, "0000 0100 0200 0300 0400")]
    public void A_forecast_is_made_every_hour_and_named_by_it(int year, int month, int dayOfMonth, int files, string first)
    {
        var day = LoadForecast.Feed.Day(new LocalDate(year, month, dayOfMonth));
        var requests = LoadForecast.Feed.Locate(day, day.End);
        Assert.Equal(files, requests.Count);
        Assert.Equal(first.Split(' '), requests.Take(5).Select(r => r.FileName["OP-MTLF-yyyyMMdd".Length..^4]));
        Assert.Equal(
            Enumerable.Range(0, files).Select(h => (day.Start + Duration.FromHours(h)).ToUnixTimeSeconds()),
            requests.Select(r => MidTermForecast.IssuedAt(r.FileName)));
        Assert.Equal(
            $"{Download}mtlf-vs-actual?path=/{day.Date:uuuu'/'MM'/'dd}/OP-MTLF-{day.Date:uuuuMMdd}0000.csv", requests[0].PathAndQuery);
    }

    [Theory]
    [InlineData("OP-MTLF-202603080200.csv")]
    [InlineData("OP-MTLF-202607010200d.csv")]
    [InlineData("forecast.csv")]
    public void A_name_that_stands_for_no_hour_leaves_the_time_of_making_unknown(string name) =>
        Assert.Equal(InstantColumn.Unknown, MidTermForecast.IssuedAt(name));

    [Fact]
    public void Fuels_of_a_running_day_come_from_the_last_two_hours_and_later_from_the_year()
    {
        var day = FuelMix.Spp.Day(new LocalDate(2026, 10, 9));
        Assert.Equal("GenMix2Hour_SPP.csv", Assert.Single(FuelMix.Spp.Locate(day, day.End)).FileName);
        var request = Assert.Single(FuelMix.Spp.Locate(day, day.End + FuelMix.YearFileAfter));
        Assert.Equal(("GenMix365_SPP.csv", Duration.FromHours(1)), (request.FileName, request.SharedFor));
    }

    [Theory]
    [InlineData("spp/tie-flows", "/chart-api/interchange-trend/asFile")]
    [InlineData("spp/tie-flows-west", "/chart-api/interchange-trend-swpw/asFile")]
    public void Flows_come_from_the_chart_while_it_holds_the_day(string id, string path)
    {
        var feed = SppFeeds.All.Single(f => f.Id.Text == id);
        var day = feed.Day(new LocalDate(2026, 10, 9));
        Assert.Equal(path, Assert.Single(feed.Locate(day, day.End + Duration.FromHours(23))).PathAndQuery);
        var month = Assert.Single(feed.Locate(day, day.End + Duration.FromHours(24)));
        Assert.StartsWith("TieFlows_", month.FileName, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_March_2026_flows_have_no_authority_in_their_name_and_the_west_has_none()
    {
        var day = TieFlows.Spp.Day(new LocalDate(2026, 2, 28));
        Assert.Equal("TieFlows_Feb2026.csv", Assert.Single(TieFlows.Spp.Locate(day, Later)).FileName);
        Assert.Empty(TieFlows.West.Locate(day, Later));
        Assert.Empty(FuelMix.West.Locate(day, Later));
    }
}

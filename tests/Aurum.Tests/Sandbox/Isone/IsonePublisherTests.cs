using System.Text.Json;
using System.Text.RegularExpressions;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Tests.Sandbox.Isone;

/// <summary>What the sandbox's ISO New England sends has the form of what the publisher sent.</summary>
public sealed class IsonePublisherTests
{
    private const string SignIn = "Basic c2FuZGJveF9rZXk6c2FuZGJveF9rZXk=";

    private static readonly Instant Later = Instant.FromUtc(2026, 12, 1, 12, 0);

    [Theory]
    [InlineData("hourlylmp_da_final_day_20260308_location_4000.json", "hourlylmp/da/final/day/20260308/location/4000", 23)]
    [InlineData("hourlysysload_day_20240310.json", "hourlysysload/day/20240310", 23)]
    [InlineData("realtimehourlydemand_day_20240310_location_4001.json", "realtimehourlydemand/day/20240310/location/4001", 23)]
    [InlineData("dayaheadhourlydemand_day_20241103_location_4001.json", "dayaheadhourlydemand/day/20241103/location/4001", 25)]
    [InlineData("hourlyloadforecast_all_day_20241103.json", "hourlyloadforecast/all/day/20241103", 25)]
    [InlineData("reliabilityregionloadforecast_day_20241103_all.json", "reliabilityregionloadforecast/day/20241103/all", 25)]
    public void Records_have_the_fields_and_the_hours_of_the_recorded_answer(string sample, string path, int hours)
    {
        using var recorded = JsonDocument.Parse(Wire.Sample("isone", sample));
        using var found = JsonDocument.Parse(Ask(path));
        Assert.Equal(Names(recorded.RootElement), Names(found.RootElement));
        var records = Records(found).ToList();
        Assert.Equal(Records(recorded).First().EnumerateObject().Select(p => p.Name), records[0].EnumerateObject().Select(p => p.Name));
        var stamps = records.Select(Begin).Distinct().ToList();
        Assert.Equal(Records(recorded).Select(Begin).Distinct(), stamps);
        Assert.Equal(hours, stamps.Count);
    }

    [Fact]
    public void Generation_by_fuel_is_read_at_odd_instants_and_a_fuel_that_makes_nothing_is_left_out()
    {
        using var recorded = JsonDocument.Parse(Wire.Sample("isone", "genfuelmix_day_20241102.json"));
        using var found = JsonDocument.Parse(Ask("genfuelmix/day/20241102"));
        var records = Records(found).ToList();
        Assert.Equal(Names(recorded.RootElement), Names(found.RootElement));
        Assert.Equal(Records(recorded).First().EnumerateObject().Select(p => p.Name), records[0].EnumerateObject().Select(p => p.Name));
        Assert.Empty(Fuels(records).Except(Fuels(Records(recorded))));
        var readings = records.GroupBy(Begin).ToList();
        Assert.InRange(readings.Count, 160, 220);
        Assert.Contains(readings, r => !r.Key.EndsWith(":00.000-04:00", StringComparison.Ordinal));
        Assert.Contains("Solar", Fuels(readings[readings.Count / 2]));
        Assert.DoesNotContain("Solar", Fuels(readings[0]));
    }

    [Theory]
    [InlineData("sevendayforecast_20160101.json", "sevendayforecast/day/20160101")]
    [InlineData("morningreport_20160101.json", "morningreport/day/20160101")]
    public void Daily_reports_have_no_field_that_the_recorded_ones_have_not(string sample, string path)
    {
        using var recorded = JsonDocument.Parse(Wire.Sample("isone", sample));
        using var found = JsonDocument.Parse(Ask(path));
        Assert.Equal(Names(recorded.RootElement), Names(found.RootElement));
        Assert.Empty(Paths(found.RootElement).Except(Paths(recorded.RootElement)));
    }

    [Fact]
    public void A_record_alone_is_an_object_and_no_record_is_an_empty_text()
    {
        const string Path = "hourlysysload/day/20241125";
        var end = Instant.FromUtc(2024, 11, 25, 6, 0);
        Assert.Equal("{\"HourlySystemLoads\":\"\"}", Ask(Path, end));
        using var one = JsonDocument.Parse(Ask(Path, end + Duration.FromMinutes(20)));
        Assert.Equal(JsonValueKind.Object, one.RootElement.GetProperty("HourlySystemLoads").GetProperty("HourlySystemLoad").ValueKind);
        Assert.Equal("2024-11-25T00:00:00.000-05:00", Begin(Assert.Single(Records(one))));
    }

    [Fact]
    public void Whoever_does_not_ask_for_JSON_gets_XML_with_the_same_names()
    {
        const string Path = "/api/v1.1/hourlylmp/da/final/day/20260308/location/4000";
        var headers = new Dictionary<string, string> { ["Authorization"] = SignIn };
        var answer = Wire.Network.Publisher("isone").Answer(SandboxRequest.Get(Path, headers), Moment.At(Later));
        Assert.Equal("application/xml", answer.Header("Content-Type"));
        Assert.StartsWith(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><HourlyLmps xmlns=\"http://WEBSERV.iso-ne.com\"><HourlyLmp>"
            + "<BeginDate>2026-03-08T00:00:00.000-05:00</BeginDate><Location LocId=\"4000\" LocType=\"HUB\">.H.INTERNAL_HUB</Location>"
            + "<LmpTotal>",
            Wire.Text(answer),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_does_not_sign_in_is_refused()
    {
        var answer = Wire.Network.Publisher("isone").Answer(
            SandboxRequest.Get("/api/v1.1/genfuelmix/day/20241102"), Moment.At(Later));
        Assert.Equal((401, "Basic realm=\"ISO New England web services\""), (answer.Status, answer.Header("WWW-Authenticate")));
    }

    [Theory]
    [InlineData("/api/v1.1/nothing/day/20241102")]
    [InlineData("/api/v1.1/genfuelmix/day/today")]
    [InlineData("/api/v1.1/genfuelmix/day/20241102/starthour/01")]
    [InlineData("/api/v1.1/fiveminutelmp/prelim/day/20241102")]
    [InlineData("/api/v1.1/fiveminutelmp/prelim/day/20241102/starthour/24")]
    [InlineData("/transform/csv/sphf?start=20261202")]
    [InlineData("/static-transform/csv/histRpts/da-lmp/WW_DALMP_ISO_20261215.csv")]
    [InlineData("/static-transform/csv/histRpts/rt-lmp/lmp_rt_final_20261128.csv")]
    public void What_is_not_there_is_not_found(string path) => Assert.Equal(404, Send(path, Later).Status);

    [Fact]
    public void The_hour_of_one_name_comes_with_both_its_passes()
    {
        using var found = JsonDocument.Parse(Ask("fiveminutelmp/prelim/day/20241103/starthour/01"));
        var stamps = Records(found).Select(Begin).Distinct().ToList();
        Assert.Equal(24, stamps.Count);
        Assert.Equal(("2024-11-03T01:00:00.000-04:00", "2024-11-03T01:55:00.000-05:00"), (stamps[0], stamps[^1]));
    }

    [Fact]
    public void The_report_of_day_ahead_prices_has_the_lines_of_the_recorded_one()
    {
        var recorded = Wire.Sample("isone", "WW_DALMP_ISO_20260604.csv").Split('\n');
        var found = Report("da-lmp/WW_DALMP_ISO_20260604.csv").Split('\n');
        Assert.Equal(recorded[..6], found[..6]);
        Assert.Equal([Form(recorded[6])], found[6..^1].Select(Form).Distinct());
        Assert.Equal($"\"T\",\"{found.Count(l => l.StartsWith("\"D\"", StringComparison.Ordinal))} lines\"", found[^1]);
        Assert.Equal(Named(recorded), Named(found).Intersect(Named(recorded)));
    }

    [Fact]
    public void In_autumn_the_second_hour_ending_at_2_is_02X_and_in_spring_there_is_no_03()
    {
        var autumn = Hours(Report("da-lmp/WW_DALMP_ISO_20251102.csv"));
        Assert.Equal(["\"01\"", "\"02\"", "\"02X\"", "\"03\""], autumn[..4]);
        Assert.Equal(25, autumn.Length);
        var spring = Hours(Report("rt-lmp/lmp_rt_prelim_20260308.csv"));
        Assert.Equal(["01", "02", "04", "05"], spring[..4]);
        Assert.Equal(23, spring.Length);
    }

    [Fact]
    public void The_report_of_the_solar_forecast_has_the_lines_and_the_empty_cells_of_the_recorded_one()
    {
        var recorded = Wire.Sample("isone", "seven_day_solar_power_forecast_20250225.csv").Split('\n');
        var found = Wire.Text(Send("/transform/csv/sphf?start=20250225", Later)).Split('\n');
        Assert.Equal(recorded[..7], found[..7]);
        Assert.Equal(recorded.Select(Holes), found.Select(Holes));
        Assert.Equal(recorded[^1], found[^1]);
    }

    private static string Ask(string path, Instant? now = null)
    {
        var answer = Send("/api/v1.1/" + path, now ?? Later);
        Assert.Equal((200, "application/json"), (answer.Status, answer.Header("Content-Type")));
        return Wire.Text(answer);
    }

    private static string Report(string file) => Wire.Text(Send("/static-transform/csv/histRpts/" + file, Later));

    private static SandboxResponse Send(string path, Instant now) => Wire.Network.Publisher("isone").Answer(
        SandboxRequest.Get(path, new Dictionary<string, string> { ["Authorization"] = SignIn, ["Accept"] = "application/json" }),
        Moment.At(now));

    /// <summary>The two names around the records.</summary>
    private static (string List, string Record) Names(JsonElement root)
    {
        var list = root.EnumerateObject().Single();
        return (list.Name, list.Value.EnumerateObject().Single().Name);
    }

    private static IEnumerable<JsonElement> Records(JsonDocument answer)
    {
        var records = answer.RootElement.EnumerateObject().Single().Value.EnumerateObject().Single().Value;
        return records.ValueKind == JsonValueKind.Array ? records.EnumerateArray() : [records];
    }

    private static string Begin(JsonElement record) => record.GetProperty("BeginDate").GetString()!;

    private static HashSet<string> Fuels(IEnumerable<JsonElement> records) =>
        [.. records.Select(r => $"{r.GetProperty("FuelCategory").GetString()}")];

    private static HashSet<string> Paths(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object =>
            [.. element.EnumerateObject().SelectMany(p => Paths(p.Value).Select(inner => $"{p.Name}.{inner}").Append(p.Name))],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(Paths)],
        _ => [],
    };

    private static string[] Hours(string report) =>
        [.. report.Split('\n').Where(l => l.StartsWith("\"D\"", StringComparison.Ordinal)).Select(l => l.Split(',')[2]).Distinct()];

    /// <summary>The places of a report that are no nodes, in their order.</summary>
    private static IEnumerable<string> Named(string[] lines) => lines.Where(l => l.Contains(",\"01\",", StringComparison.Ordinal))
        .Select(l => string.Join(',', l.Split(',')[3..6])).Where(place => !place.Contains("NODE\"", StringComparison.Ordinal)
            && !place.Contains("DRRAZ", StringComparison.Ordinal) || place.Contains("EXT.", StringComparison.Ordinal));

    /// <summary>Texts become a, and numbers 9: of two decimals, or of one where the second is a zero.</summary>
    private static string Form(string line) => string.Join(',', line.Split(',').Select(cell =>
        cell.StartsWith('"') ? "a" : Regex.Replace(cell, @"^-?\d+\.(\d|\d[1-9])$", "9")));

    /// <summary>Which cells are empty.</summary>
    private static string Holes(string line) => string.Concat(line.Split(',').Select(cell => cell.Length == 0 ? '.' : 'x'));
}

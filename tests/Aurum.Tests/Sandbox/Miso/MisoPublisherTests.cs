using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sandbox.Publishing;
using Aurum.Sources.Miso;
using NodaTime;

namespace Aurum.Tests.Sandbox.Miso;

/// <summary>What the sandbox's MISO sends has the form of what the publisher sent.</summary>
public sealed class MisoPublisherTests
{
    /// <summary>16:52 on a day in October, Eastern Standard Time.</summary>
    private static readonly Instant Afternoon = Instant.FromUtc(2026, 10, 2, 21, 52);

    [Theory]
    [InlineData("20261001_da_expost_lmp_reduced.csv", 4)]
    [InlineData("20251102_da_expost_lmp_reduced.csv", 3)]
    [InlineData("20260926_rt_lmp_final_reduced.csv", 4)]
    public void Reports_have_the_preamble_the_columns_and_the_kinds_of_the_recorded_file(string file, int linesBefore)
    {
        var sample = Wire.Sample("miso", file).Split('\n');
        var lines = Text($"/marketreports/{file.Replace("_reduced", "", StringComparison.Ordinal)}", Afternoon).Split('\n');
        Assert.Equal(sample[0], lines[0]);
        Assert.Equal(sample[1], lines[1]);
        Assert.Equal(sample[linesBefore], lines[4]);
        var kinds = lines[5..].Where(l => l.Length > 0).Select(l => l.Split(',')[1]).ToHashSet();
        Assert.Subset(kinds, sample[(linesBefore + 1)..].Where(l => l.Length > 0).Select(l => l.Split(',')[1]).ToHashSet());
        Assert.Equal(["LMP", "MCC", "MLC"], lines[5..].Where(l => l.Length > 0).Select(l => l.Split(',')[2]).Distinct());
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public void Day_ahead_numbers_are_short_and_real_time_numbers_have_two_decimals()
    {
        var dayAhead = Cells("/marketreports/20261001_da_expost_lmp.csv");
        Assert.All(dayAhead, cell => Assert.Matches(@"^-?(\d+|[1-9]\d*\.\d?[1-9]|\.\d?[1-9]|0)$", cell));
        Assert.Contains(dayAhead, cell => cell.StartsWith("-.", StringComparison.Ordinal));
        Assert.All(Cells("/marketreports/20260926_rt_lmp_final.csv"), cell => Assert.Matches(@"^-?\d+\.\d\d$", cell));
    }

    [Theory]
    [InlineData("/api/FuelMix/Today", "FuelMix_20261002_1645.json")]
    [InlineData("/api/RealTimeTotalLoad", "RealTimeTotalLoad_20261002_1645.json")]
    public void Answers_have_the_properties_of_the_recorded_one_in_their_order(string path, string file)
    {
        Assert.Equal(Shape(Wire.Sample("miso", file)), Shape(Text(path, Afternoon)));
        Assert.Contains("02-Oct-2026 - Interval 16:45 EST", Text(path, Afternoon), StringComparison.Ordinal);
    }

    [Fact]
    public void The_price_table_has_the_headers_and_the_rows_of_the_recorded_one()
    {
        const string File = "GetRealTimeFiveMinExPost_Current_20261002_1650_reduced.json";
        var sample = JsonDocument.Parse(Wire.Sample("miso", File)).RootElement;
        var answer = JsonDocument.Parse(Text("/api/MarketPricing/GetRealTimeFiveMinExPost/Rolling", Afternoon)).RootElement;
        Assert.Equal($"{sample.GetProperty("headers")}", $"{answer.GetProperty("headers")}");
        Assert.All(answer.GetProperty("data").EnumerateArray(), row =>
        {
            Assert.Equal(5, row.GetArrayLength());
            Assert.All(row.EnumerateArray(), cell => Assert.Equal(JsonValueKind.String, cell.ValueKind));
            Assert.Matches(@"^2026-10-02T\d\d:\d[05]:00$", row[0].GetString());
        });
    }

    [Fact]
    public void The_fuels_of_an_interval_are_those_of_the_recorded_one_and_sum_to_the_load()
    {
        var sample = ParsedNames(Wire.Sample("miso", "FuelMix_20261002_1645.json"));
        Assert.Equal(sample.ToHashSet(), ParsedNames(Text("/api/FuelMix/Today", Afternoon)).ToHashSet());

        static IEnumerable<string?> ParsedNames(string text) => JsonDocument.Parse(text).RootElement
            .GetProperty("Fuel").GetProperty("Type").EnumerateArray().Select(t => t.GetProperty("CATEGORY").GetString());
    }

    [Fact]
    public void Preliminary_prices_go_after_four_days_and_final_ones_come_on_the_sixth_evening()
    {
        const string Preliminary = "/marketreports/20261001_rt_lmp_prelim.csv";
        const string Final = "/marketreports/20261001_rt_lmp_final.csv";
        Assert.Equal([404, 404], At(2, 8, 29));
        Assert.Equal([200, 404], At(2, 8, 30));
        Assert.Equal([200, 404], At(6, 4, 59));
        Assert.Equal([404, 404], At(6, 5, 0));
        Assert.Equal([404, 200], At(6, 23, 0));

        int[] At(int day, int hour, int minute)
        {
            var now = Instant.FromUtc(2026, 10, day, hour, minute);
            return [Ask(Preliminary, now).Status, Ask(Final, now).Status];
        }
    }

    [Theory]
    [InlineData("miso/real-time-lmp-hourly")]
    [InlineData("miso/real-time-lmp-exchange")]
    public async Task Final_prices_change_some_places_and_are_what_the_truth_says(string id)
    {
        var feed = (Feed<LmpRow>)MisoFeeds.All.Single(f => f.Id.Text == id);
        var day = feed.Day(new LocalDate(2025, 11, 2));
        var (preliminary, final) = (day.End + Duration.FromDays(2), day.End + Duration.FromDays(6));
        var before = await Fetch(feed, preliminary);
        var after = await Fetch(feed, final);
        Assert.Equal(before.Select(r => (r.Location, r.Delivery)), after.Select(r => (r.Location, r.Delivery)));
        var changed = before.Zip(after).Where(p => p.First != p.Second).Select(p => p.First.Location.Id).Distinct().Count();
        Assert.InRange(changed, 1, before.Select(r => r.Location.Id).Distinct().Count() - 1);

        async Task<List<LmpRow>> Fetch(Feed<LmpRow> asked, Instant now)
        {
            using var client = new SandboxClient(Wire.Network, now);
            var (rows, results) = await client.FetchAsync(asked, day);
            Assert.All(results, r => Assert.Equal(Outcome.Data, r.Outcome));
            Assert.Equal(Wire.Network.Truth.Rows<LmpRow>(asked.Id, day, now).ToHashSet(), [.. rows]);
            return rows;
        }
    }

    [Fact]
    public void A_day_is_shown_whole_until_five_minutes_after_its_end()
    {
        var midnight = Instant.FromUtc(2026, 10, 3, 5, 0);
        Assert.Equal((288, "02-Oct-2026 - Interval 23:55 EST"), Shown(midnight + Duration.FromSeconds(299)));
        Assert.Equal((1, "03-Oct-2026 - Interval 00:00 EST"), Shown(midnight + Duration.FromSeconds(300)));

        static (int, string?) Shown(Instant now)
        {
            var load = JsonDocument.Parse(Text("/api/RealTimeTotalLoad", now)).RootElement.GetProperty("LoadInfo");
            return (load.GetProperty("FiveMinTotalLoad").GetArrayLength(), load.GetProperty("RefId").GetString());
        }
    }

    [Fact]
    public void The_data_exchange_wants_a_key_and_gives_pages()
    {
        const string Path = "/pricing/v1/real-time/2026-09-30/lmp-expost?preliminaryFinal=Preliminary&timeResolution=5min&pageNumber=";
        Assert.Equal(401, Wire.Network.Publisher("miso").Answer(SandboxRequest.Get(Path + "1"), Moment.At(Afternoon)).Status);
        var first = JsonDocument.Parse(Text(Path + "1", Afternoon)).RootElement.GetProperty("page");
        var pages = first.GetProperty("totalPages").GetInt32();
        Assert.False(first.GetProperty("lastPage").GetBoolean());
        var last = JsonDocument.Parse(Text(Path + pages, Afternoon)).RootElement;
        Assert.True(last.GetProperty("page").GetProperty("lastPage").GetBoolean());
        Assert.Equal(404, Ask(Path + (pages + 1), Afternoon).Status);
        Assert.Equal(404, Ask(Path.Replace("Preliminary", "Final", StringComparison.Ordinal) + "1", Afternoon).Status);
    }

    private static SandboxResponse Ask(string path, Instant now) => Wire.Ask("miso", path, now);

    private static string Text(string path, Instant now)
    {
        var response = Ask(path, now);
        Assert.Equal(200, response.Status);
        return Wire.Text(response);
    }

    private static List<string> Cells(string path) =>
        [.. Text(path, Afternoon).Split('\n')[5..].Where(l => l.Length > 0).SelectMany(l => l.Split(',')[3..])];

    /// <summary>Names of properties and kinds of values, each form of a list's elements once.</summary>
    private static string Shape(string json) => Shape(JsonDocument.Parse(json).RootElement);

    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(p => $"{p.Name}:{Shape(p.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join('|', element.EnumerateArray().Select(Shape).Distinct())}]",
        _ => $"{element.ValueKind}",
    };
}

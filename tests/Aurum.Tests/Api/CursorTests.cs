using System.Net;
using System.Text.Json.Nodes;
using Aurum.App.Api.Requests;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Tests.Api;

public sealed class CursorTests
{
    private const string Path = "/v1/iso/lmp?iso=CAISO&limit=9";

    [Fact]
    public async Task A_walk_sees_every_row_once_while_commits_go_on()
    {
        await using var server = await ApiServer.StartAsync(ApiWorld.Fill);
        var before = Keys(await server.WalkAsync("/v1/iso/lmp?iso=CAISO&limit=5000"));

        var walked = await server.WalkAsync(Path, page =>
        {
            server.Time.Advance(Duration.FromMinutes(1));
            var hour = ApiWorld.Hour(ApiWorld.DayAhead.Day(ApiWorld.Day).Start, page);
            ApiWorld.Deliver(server.Store, ApiWorld.DayAhead, ApiWorld.Day, server.Time.GetCurrentInstant(),
                new LmpRow(ApiWorld.Sp15, hour, 1000 + page, 0, 0, 0, 0),
                new LmpRow(new Location($"NEW_NODE_{page}", LocationType.Node), hour, 1, 1, 0, 0, 0));
            return Task.CompletedTask;
        });

        Assert.Equal(before, Keys(walked));
        Assert.DoesNotContain(walked, r => (double)r["lmp"]! >= 1000);
        Assert.True((await server.WalkAsync(Path)).Count > walked.Count);
    }

    [Fact]
    public async Task A_list_is_walked_like_rows()
    {
        await using var server = await ApiServer.StartAsync(ApiWorld.Fill);

        foreach (var path in new[] { "/v1/feeds?limit=", "/v1/gaps?all=true&limit=", "/v1/files?from=2025-01-01&limit=",
            "/v1/locations?limit=",
            "/v1/iso/lmp/latest?iso=CAISO&limit=", "/v1/iso/lmp/hourly?iso=CAISO&start=2025-11-02&end=2025-11-03&limit=" })
        {
            var all = await server.WalkAsync(path + "5000");
            Assert.Equal(all.Select(r => r.ToJsonString()), (await server.WalkAsync(path + "3")).Select(r => r.ToJsonString()));
            Assert.True(all.Count > 1, $"{path}: {all.Count}");
        }
    }

    [Theory]
    [InlineData("/v1/iso/lmp?iso=NYISO&limit=9", "iso", "iso=CAISO, as on the first page of this cursor")]
    [InlineData("/v1/iso/lmp?iso=CAISO&limit=9&market=DAY_AHEAD", "market", "no market, as on the first page of this cursor")]
    [InlineData("/v1/iso/lmp?limit=9", "iso", "iso=CAISO, as on the first page of this cursor")]
    [InlineData("/v1/iso/lmp/revisions?iso=CAISO&limit=9", "cursor", "a cursor of lmp-revisions")]
    [InlineData("/v1/locations?iso=CAISO&limit=9", "cursor", "a cursor of locations")]
    public async Task A_cursor_of_another_question_is_refused_by_name(string path, string field, string expected)
    {
        await using var server = await ApiServer.StartAsync(ApiWorld.Fill);
        var cursor = (string)(await server.GetAsync(Path)).Json["meta"]!["next_cursor"]!;

        var answer = await server.GetAsync($"{path}&cursor={cursor}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(field, (string)answer.Json["field"]!);
        Assert.Equal(expected, (string)answer.Json["expected"]!);
    }

    [Fact]
    public async Task Limit_and_form_may_change_from_page_to_page()
    {
        await using var server = await ApiServer.StartAsync(ApiWorld.Fill);
        var cursor = (string)(await server.GetAsync(Path)).Json["meta"]!["next_cursor"]!;

        Assert.Equal(HttpStatusCode.OK,
            (await server.GetAsync($"/v1/iso/lmp?iso=CAISO&limit=3&format=csv&cursor={cursor}")).Status);
    }

    [Fact]
    public void Every_changed_letter_of_a_cursor_is_noticed()
    {
        var signer = new CursorSigner(new byte[32]);
        var text = signer.Sign(Sample());

        for (var i = 0; i < text.Length; i++)
        {
            var other = string.Concat(text.AsSpan(0, i), text[i] == 'A' ? "B" : "A", text.AsSpan(i + 1));
            var mistake = Assert.Throws<RequestFormatException>(() => signer.Read(other));
            Assert.Equal("cursor", mistake.Field);
        }
    }

    [Fact]
    public void A_cursor_comes_back_as_it_was()
    {
        var signer = new CursorSigner(new byte[32]);

        var cursor = signer.Read(signer.Sign(Sample()));

        Assert.Equal(Sample().AsOf, cursor.AsOf);
        Assert.Equal(Sample().Filters, cursor.Filters);
        Assert.Equal(Sample().After, cursor.After);
    }

    [Fact]
    public void A_cursor_of_another_data_directory_is_refused()
    {
        var text = new CursorSigner(new byte[32]).Sign(Sample());

        var mistake = Assert.Throws<RequestFormatException>(() => new CursorSigner([.. Enumerable.Repeat((byte)1, 32)])
            .Read(text));

        Assert.Equal(
            "cursor: expected next_cursor of an earlier answer, unchanged, found one that was changed, or that another data directory gave",
            mistake.Message);
    }

    [Fact]
    public void The_key_of_a_data_directory_is_made_once_and_for_the_owner_only()
    {
        using var folder = new TestFolder();
        var text = CursorSigner.Of(folder.Path).Sign(Sample());

        Assert.Equal(Sample().AsOf, CursorSigner.Of(folder.Path).Read(text).AsOf);
        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(folder["cursor.key"]) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private static Cursor Sample() => new("lmp", ApiWorld.Now, [KeyValuePair.Create("iso", "CAISO")], ["a", "b"]);

    private static List<string> Keys(IEnumerable<JsonNode> rows) =>
        [.. rows.Select(r => $"{r["feed"]} {r["location_id"]} {r["interval_start_utc"]}").Order(StringComparer.Ordinal)];
}

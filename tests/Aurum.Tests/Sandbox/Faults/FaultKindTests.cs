using System.IO.Compression;
using System.Net;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Sandbox.Faults;

/// <summary>Each kind of fault does what it says, and is recorded.</summary>
public sealed class FaultKindTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 20, 18, 0);
    private static readonly World World = new(21);

    [Theory]
    [InlineData(FaultKind.TooManyRequests, 429)]
    [InlineData(FaultKind.TooManyRequestsWithRetryAfter, 429)]
    [InlineData(FaultKind.ServerError, 500)]
    [InlineData(FaultKind.ServiceUnavailable, 503)]
    [InlineData(FaultKind.HtmlPage, 200)]
    public async Task A_fault_of_status_takes_the_place_of_the_answer(FaultKind kind, int status)
    {
        using var given = await Given(kind);
        Assert.Equal((HttpStatusCode)status, given.Message!.StatusCode);
        Assert.Equal(kind == FaultKind.TooManyRequestsWithRetryAfter ? TimeSpan.FromSeconds(20)
            : null, given.Message.Headers.RetryAfter?.Delta);
        Assert.Equal(kind == FaultKind.HtmlPage,
            (await given.Message.Content.ReadAsStringAsync()).Contains("DOCTYPE html", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FaultKind.CutConnection)]
    [InlineData(FaultKind.WrongLength)]
    public async Task A_body_that_breaks_off_fails_as_it_does_on_a_wire(FaultKind kind)
    {
        using var given = await Given(kind);
        var e = await Assert.ThrowsAnyAsync<IOException>(given.BodyAsync);
        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(e).HttpRequestError);
    }

    [Fact]
    public async Task A_slow_drip_brings_the_whole_body_after_its_pauses()
    {
        using var given = await Given(FaultKind.SlowDrip);
        Assert.Equal((await Clean()).Length, (await given.BodyAsync()).Length);
        Assert.True(given.Time.Waited > Duration.FromSeconds(4));
    }

    [Fact]
    public async Task A_truncated_zip_has_no_end()
    {
        using var given = await Given(FaultKind.Truncated);
        var body = await given.BodyAsync();
        Assert.Equal(body.Length, given.Message!.Content.Headers.ContentLength);
        Assert.Throws<InvalidDataException>(() => new ZipArchive(new MemoryStream(body)));
    }

    [Fact]
    public async Task A_bad_checksum_is_seen_by_who_checks()
    {
        using var given = await Given(FaultKind.BadCrc);
        var body = await given.BodyAsync();
        Assert.Equal((await Clean()).Length, body.Length);
        var feed = FeedCatalog.Find(new FeedId("caiso/day-ahead-lmp"));
        var e = Assert.Throws<FeedFormatException>(() =>
            ((Feed<LmpRow>)feed).Parse(FeedFile.FromBytes("a.zip", body), new RowList<LmpRow>()));
        Assert.Contains("CRC", e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_error_document_stands_in_the_zip_in_place_of_data()
    {
        using var given = await Given(FaultKind.ErrorXmlInZip);
        var (name, text) = Wire.Unzip(await given.BodyAsync());
        Assert.Equal("INVALID_REQUEST.xml", name);
        Assert.Contains("<m:ERR_CODE>1015</m:ERR_CODE>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_throttle_text_stands_in_the_zip_in_place_of_data()
    {
        using var given = await Given(FaultKind.ThrottleTextInZip);
        var (name, text) = Wire.Unzip(await given.BodyAsync());
        Assert.EndsWith(".csv", name, StringComparison.Ordinal);
        Assert.StartsWith("Too many requests", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_body_is_empty()
    {
        using var given = await Given(FaultKind.EmptyBody);
        Assert.Equal(HttpStatusCode.OK, given.Message!.StatusCode);
        Assert.Empty(await given.BodyAsync());
    }

    [Fact]
    public async Task A_skewed_clock_changes_stamps_and_not_data()
    {
        using var given = await Given(FaultKind.ClockSkew);
        Assert.Equal(Now.ToDateTimeOffset().AddMinutes(17), given.Message!.Headers.Date);
        var (name, text) = Wire.Unzip(await given.BodyAsync());
        Assert.Contains("20260320_11_17_00", name, StringComparison.Ordinal);
        Assert.Equal(Wire.Unzip(await Clean()).Text, text);
    }

    [Theory]
    [InlineData(FaultKind.DuplicateRows)]
    [InlineData(FaultKind.ConflictingRows)]
    [InlineData(FaultKind.MissingInterval)]
    [InlineData(FaultKind.RetiredNode)]
    [InlineData(FaultKind.NewNode)]
    [InlineData(FaultKind.AddedColumn)]
    [InlineData(FaultKind.RenamedColumn)]
    public async Task A_fault_of_rows_changes_the_rows_that_it_says(FaultKind kind)
    {
        using var given = await Given(kind);
        var clean = Wire.Lines(Wire.Unzip(await Clean()).Text);
        var lines = Wire.Lines(Wire.Unzip(await given.BodyAsync()).Text);
        var added = lines.Except(clean).ToArray();
        var removed = clean.Except(lines).ToArray();
        switch (kind)
        {
            case FaultKind.DuplicateRows:
                Assert.True(lines.Length > clean.Length && added.Length == 0 && removed.Length == 0);
                break;
            case FaultKind.ConflictingRows:
                Assert.NotEmpty(added);
                Assert.Empty(removed);
                Assert.All(added, line => Assert.Contains(Key(line), clean.Select(Key)));
                break;
            case FaultKind.MissingInterval:
                Assert.Single(removed.Select(l => l.Split(',')[0]).Distinct());
                Assert.Equal(7 * 5, removed.Length);
                break;
            case FaultKind.RetiredNode:
                Assert.Single(removed.Select(l => l.Split(',')[7]).Distinct());
                Assert.Equal(24 * 5, removed.Length);
                break;
            case FaultKind.NewNode:
                Assert.Equal("XTH_NP15_GEN-APND", Assert.Single(added.Select(l => l.Split(',')[7]).Distinct()));
                Assert.Equal((24 * 5, 0), (added.Length, removed.Length));
                break;
            case FaultKind.AddedColumn:
                Assert.Equal(clean[0] + ",REMARK", lines[0]);
                Assert.Equal(clean.Skip(1).Select(l => l + ",0"), lines.Skip(1));
                break;
            default:
                Assert.Equal(clean[0].Replace("MW", "QUANTITY", StringComparison.Ordinal), lines[0]);
                Assert.Equal(clean.Skip(1), lines.Skip(1));
                break;
        }

        static string Key(string line) => string.Join(',', line.Split(',').Take(14));
    }

    [Theory]
    [InlineData("nyiso/day-ahead-lmp-zone")]
    [InlineData("ercot/day-ahead-spp")]
    [InlineData("ercot/fuel-mix")]
    [InlineData("eia/region-data")]
    public async Task A_renamed_column_is_no_data_in_any_format(string id)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        await Assert.ThrowsAsync<FeedFormatException>(() => feed.Accept(new Fetch(FaultKind.RenamedColumn)));
    }

    [Theory]
    [InlineData("nyiso/day-ahead-lmp-zone")]
    [InlineData("ercot/day-ahead-spp")]
    [InlineData("ercot/fuel-mix")]
    [InlineData("eia/region-data")]
    public async Task An_added_column_does_not_disturb_the_rows_in_any_format(string id)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        Assert.Equal(await feed.Accept(new Fetch(null)), await feed.Accept(new Fetch(FaultKind.AddedColumn)));
    }

    [Theory]
    [InlineData("nyiso/day-ahead-lmp-zone")]
    [InlineData("ercot/day-ahead-spp")]
    [InlineData("ercot/fuel-mix")]
    [InlineData("eia/region-data")]
    public async Task A_missing_interval_leaves_rows_out_in_any_format(string id)
    {
        var feed = FeedCatalog.Find(new FeedId(id));
        Assert.InRange(await feed.Accept(new Fetch(FaultKind.MissingInterval)), 1, await feed.Accept(new Fetch(null)) - 1);
    }

    [Fact]
    public async Task A_fault_that_does_not_fit_the_answer_is_neither_given_nor_recorded()
    {
        var network = new SandboxNetwork(World, FaultPlan.Even(1, 1.0, FaultKind.BadCrc));
        using var client = new SandboxClient(network, Now);
        var feed = (Feed<LmpRow>)FeedCatalog.Find(new FeedId("nyiso/day-ahead-lmp-zone"));
        var (_, results) = await client.FetchAsync(feed, feed.Day(new LocalDate(2026, 3, 20)));
        Assert.Equal(Outcome.Data, Assert.Single(results).Outcome);
        Assert.Empty(network.Log.Records);
    }

    private static async Task<byte[]> Clean()
    {
        using var given = await Given(null);
        return await given.BodyAsync();
    }

    /// <summary>The answer to a request for a day of CAISO prices that meets the fault.</summary>
    private static async Task<GivenFault> Given(FaultKind? kind)
    {
        var network = new SandboxNetwork(World, kind is { } fault ? FaultPlan.Even(1, 1.0, fault) : FaultPlan.None);
        var time = new ImpatientTime(Now);
        var client = new HttpClient(new SandboxHandler(network, () => Now, time));
        var request = FeedCatalog.Find(new FeedId("caiso/day-ahead-lmp"))
            .Locate(new OperatingDay(new LocalDate(2026, 3, 20), MarketZones.Pacific), Now)[0];
        var message = await client.GetAsync(
            SandboxNetwork.BaseAddress(FeedCatalog.Site(request.Site)).AbsoluteUri
                + request.PathAndQuery, HttpCompletionOption.ResponseHeadersRead);
        var record = network.Log.Records.SingleOrDefault();
        Assert.Equal(kind, record?.Kind);
        Assert.NotEqual("", record?.Detail);
        return new GivenFault(client, message, time);
    }

    private sealed record GivenFault(HttpClient Client, HttpResponseMessage? Message, ImpatientTime Time) : IDisposable
    {
        public async Task<byte[]> BodyAsync()
        {
            using var body = new MemoryStream();
            await using var stream = await Message!.Content.ReadAsStreamAsync();
            await stream.CopyToAsync(body);
            return body.ToArray();
        }

        public void Dispose()
        {
            Message?.Dispose();
            Client.Dispose();
        }
    }

    /// <summary>Rows of a day of a feed whose answers meet a fault.</summary>
    private sealed class Fetch(FaultKind? kind) : IFeedVisitor<Task<int>>
    {
        public async Task<int> Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var network = new SandboxNetwork(World, kind is { } fault ? FaultPlan.Even(2, 1.0, fault) : FaultPlan.None);
            using var client = new SandboxClient(network, Now);
            var (rows, _) = await client.FetchAsync(feed, feed.Day(new LocalDate(2026, 3, 19)));
            return rows.Count;
        }
    }
}

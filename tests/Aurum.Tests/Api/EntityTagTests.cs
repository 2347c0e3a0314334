using System.IO.Compression;
using System.Net;
using NodaTime;

namespace Aurum.Tests.Api;

[Collection(ApiReadingTests.Name)]
public sealed class EntityTagTests
{
    private readonly ApiServer _server;

    public EntityTagTests(ApiReading reading) => _server = reading.Server;

    private const string Path = "/v1/iso/lmp?iso=CAISO&start=2025-11-02T07:00:00Z&end=2025-11-03T08:00:00Z";

    [Theory]
    [InlineData(Path)]
    [InlineData(Path + "&format=csv")]
    [InlineData("/v1/iso/lmp/latest")]
    [InlineData("/v1/locations")]
    [InlineData("/v1/gaps?all=true")]
    public async Task What_a_client_has_already_is_not_sent_again(string path)
    {
        var first = await _server.GetAsync(path);
        var tag = first.Headers["ETag"];

        var second = await _server.GetAsync(path, ("If-None-Match", $"\"other\", {tag}"));

        Assert.Equal(HttpStatusCode.NotModified, second.Status);
        Assert.Empty(second.Bytes);
        Assert.Equal(tag, second.Headers["ETag"]);
        Assert.StartsWith("\"", tag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tag_is_of_the_rows_and_not_of_the_request()
    {
        var first = await _server.GetAsync(Path, ("X-Request-Id", "one"));
        var second = await _server.GetAsync(Path, ("X-Request-Id", "two"));
        var csv = await _server.GetAsync(Path + "&format=csv");
        var before = await _server.GetAsync(Path + "&as_of=2025-11-02");

        Assert.NotEqual(first.Text, second.Text);
        Assert.Equal(first.Headers["ETag"], second.Headers["ETag"]);
        Assert.Equal(4,
            new[] { first, csv, before, await _server.GetAsync(Path + "&limit=3") }.Select(a => a.Headers["ETag"])
            .Distinct().Count());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_answer_is_the_same_with_a_tag_of_its_own(string encoding)
    {
        var plain = await _server.GetAsync(Path + "&format=csv");
        var packed = await _server.GetAsync(Path + "&format=csv", ("Accept-Encoding", encoding));

        Assert.Equal(encoding, packed.Headers["Content-Encoding"]);
        Assert.True(packed.Bytes.Length * 2 < plain.Bytes.Length);
        using var unpacked = new MemoryStream();
        using (Stream stream = encoding == "br"
            ? new BrotliStream(new MemoryStream(packed.Bytes), CompressionMode.Decompress)
            : new GZipStream(new MemoryStream(packed.Bytes), CompressionMode.Decompress))
        {
            await stream.CopyToAsync(unpacked);
        }

        Assert.Equal(plain.Bytes, unpacked.ToArray());
        Assert.NotEqual(plain.Headers["ETag"], packed.Headers["ETag"]);
        Assert.Equal(HttpStatusCode.NotModified,
            (await _server.GetAsync(Path + "&format=csv", ("If-None-Match", packed.Headers["ETag"]))).Status);
    }

    [Fact]
    public async Task Small_answers_are_not_compressed() =>
        Assert.False((await _server.GetAsync("/v1/status", ("Accept-Encoding", "gzip")))
            .Headers.ContainsKey("Content-Encoding"));

    [Fact]
    public async Task A_commit_changes_the_tag()
    {
        await using var server = await ApiServer.StartAsync(ApiWorld.Fill);
        var before = await server.GetAsync(Path);
        server.Time.Advance(Duration.FromMinutes(1));
        ApiWorld.Deliver(server.Store, ApiWorld.DayAhead, ApiWorld.Day, server.Time.GetCurrentInstant(),
            ApiWorld.Hours(ApiWorld.Sp15)[0] with { LmpUsdPerMwh = 77 });

        var after = await server.GetAsync(Path, ("If-None-Match", before.Headers["ETag"]));

        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.NotEqual(before.Headers["ETag"], after.Headers["ETag"]);
    }
}

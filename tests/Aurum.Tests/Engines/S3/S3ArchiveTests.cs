using System.Text;
using Aurum.Cluster.S3;
using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using Aurum.Store.Objects;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.S3;

/// <summary>The archive in a bucket: nothing is acknowledged that is not there, and the folder may be thrown away.</summary>
public sealed class S3ArchiveTests : IDisposable
{
    private static readonly Fetch Fetch = new(new FeedId("nyiso/load"), new LocalDate(2025, 7, 1), "nyiso-mis", "/pal.csv", "pal.csv", 200)
    {
        ResponseHeaders = [new("ETag", "x")],
    };

    private readonly TestFolder _folder = new();
    private readonly FakeS3 _server = new();
    private readonly S3Connection _connection;

    public S3ArchiveTests() => _connection = new S3Connection(
        _server.Options with { RawBucket = "raw", Retries = 0 }, TimeProvider.System, static () => 7);

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_empty_folder_reads_and_verifies_everything_from_the_bucket()
    {
        var record = await Add(Archive("here"), "load");
        await Add(Archive("here"), "more");
        var elsewhere = Archive("elsewhere");

        var check = elsewhere.Verify();

        Assert.True(check.IsSound);
        Assert.Equal((2, 2), (check.Records, check.Blobs));
        Assert.Equal(2, elsewhere.Records(Fetch.Feed).Count);
        Assert.Equal(record.Sha256, elsewhere.Records()[0].Sha256);
        using var reader = new StreamReader(Archive("third").OpenRead(record.Sha256));
        Assert.Equal("load", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task What_the_bucket_does_not_take_is_not_acknowledged_and_has_no_record()
    {
        _server.Fault = static r => r.Method == "PUT" ? new FakeFault(503) : null;
        var archive = Archive("here");

        await Assert.ThrowsAsync<ObjectStoreException>(() => Add(archive, "load"));

        _server.Fault = null;
        Assert.Empty(archive.Records());
        await Add(archive, "load");
        Assert.Single(archive.Records());
    }

    [Fact]
    public async Task Damaged_and_missing_bodies_in_the_bucket_are_named()
    {
        var one = await Add(Archive("here"), "one");
        var two = await Add(Archive("here"), "two");
        string Key(FileRecord r) => $"raw/archive/sha256/{r.Sha256[..2]}/{r.Sha256[2..]}";
        _server.Damage(Key(one));
        await _connection.Archive()!.Delete($"sha256/{two.Sha256[..2]}/{two.Sha256[2..]}", default);

        var check = Archive("elsewhere").Verify();

        Assert.Equal([one.Sha256], check.Damaged);
        Assert.Equal([two.Sha256], check.Missing);
    }

    [Fact]
    public async Task An_archive_that_was_begun_in_a_folder_is_brought_to_the_bucket_once()
    {
        await Add(new RawArchive(_folder["here"], new Still(Instant.FromUtc(2025, 7, 1, 0, 0)), 1 << 20), "before");

        Assert.Equal((1, 1), await Archive("here").PushAsync(default));
        Assert.Equal((0, 0), await Archive("here").PushAsync(default));
        Assert.True(Archive("elsewhere").Verify().IsSound);
        Assert.Single(Archive("elsewhere").Records());
    }

    private RawArchive Archive(string folder) =>
        new(_folder[folder], new Still(Instant.FromUtc(2025, 7, 1, 12, 0)), 1 << 20, _connection.Archive());

    private static Task<FileRecord> Add(RawArchive archive, string body) =>
        archive.AddAsync(Fetch, new MemoryStream(Encoding.UTF8.GetBytes(body)), [], default);

    private sealed class Still(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}

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
    public async Task Folders_that_somebody_made_by_hand_in_the_bucket_are_no_part_of_it()
    {
        await Add(Archive("here"), "load");
        foreach (var folder in (string[])["sha256/", "sha256/ab/", "fetches/", $"fetches/{Fetch.Feed.Text}/"])
        {
            await _connection.Archive()!.Put(folder, ReadOnlyMemory<byte>.Empty, default);
        }

        Assert.Single(Archive("elsewhere").Records(Fetch.Feed));
        Assert.True(Archive("elsewhere").Verify().IsSound);
        var check = await Verify("elsewhere");
        Assert.Equal((true, 1, 1), (check.IsSound, check.Blobs, check.Records));
        Assert.Equal(new ArchiveAmount(1, 4, 1), Copy("here").Standing(default).There);
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
    public async Task Of_many_records_in_the_bucket_the_one_that_cannot_be_read_is_named()
    {
        const int Records = 50;
        for (var i = 0; i < Records; i++)
        {
            await Add(Archive("here"), $"body {i}");
        }

        Assert.Equal(Records, Archive("elsewhere").Records().Select(static r => r.Sha256).Distinct().Count());
        var key = $"fetches/{Fetch.Feed.Text}/2025-07-01/20250701T120000.000000Z-00.json";
        await _connection.Archive()!.Put(key, "{"u8.ToArray(), default);

        var check = await Verify("elsewhere");
        Assert.Equal((Records, $"s3://raw/archive/{key}"), (check.Records, Assert.Single(check.Unreadable)));
        var error = Assert.Throws<InvalidDataException>(() => Archive("elsewhere").Records());
        Assert.StartsWith($"s3://raw/archive/{key}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_was_begun_in_a_folder_is_brought_to_the_bucket_once()
    {
        await Add(Before("here"), "before");
        Assert.Equal(new ArchiveAmount(1, 6, 1), Copy("here").Standing(default).Unsent);

        var done = await Push("here");
        Assert.Equal((1, 6L, 1, true), (done.Bodies, done.Bytes, done.Records, done.IsWhole));
        done = await Push("here");
        Assert.Equal((0, 0L, 0, true), (done.Bodies, done.Bytes, done.Records, done.IsWhole));

        Assert.Equal(new ArchiveAmount(0, 0, 0), Copy("here").Standing(default).Unsent);
        Assert.Equal(new ArchiveAmount(1, 6, 1), Copy("elsewhere").Standing(default).Elsewhere);
        Assert.True(Archive("elsewhere").Verify().IsSound);
        Assert.Single(Archive("elsewhere").Records());
    }

    [Fact]
    public async Task A_push_that_the_server_ends_goes_on_from_what_is_there()
    {
        for (var i = 0; i < 20; i++)
        {
            await Add(Before("here"), $"body {i}");
        }

        var puts = 0;
        _server.Fault = r => r.Method == "PUT" && Interlocked.Increment(ref puts) > 8 ? new FakeFault(503) : null;
        await Assert.ThrowsAsync<ObjectStoreException>(() => Push("here"));
        _server.Fault = null;
        var sent = Copy("here").Standing(default).There.Bodies;
        Assert.InRange(sent, 1, 8);

        var steps = new List<ArchiveProgress>();
        var done = await Copy("here").Push(steps.Add, default);

        Assert.Equal((20 - sent, 20), (done.Bodies, done.Records));
        Assert.Equal(Enumerable.Range(1, 20 - sent), steps.Select(static s => s.Done));
        Assert.Equal(steps[^1].TotalBytes, steps[^1].Bytes);
        Assert.True((await Verify("here")).IsSound);
    }

    [Fact]
    public async Task Bytes_that_do_not_have_their_hash_are_not_sent_and_found_in_the_bucket()
    {
        var rotten = await Add(Before("here"), "rotten");
        var sound = await Add(Before("here"), "sound");
        var path = Path.Combine(_folder["here"], "sha256", rotten.Sha256[..2], rotten.Sha256[2..]);
        await File.WriteAllTextAsync(path, "rottem");

        var done = await Push("here");

        Assert.Equal([rotten.Sha256], done.Damaged);
        Assert.Equal([rotten.Sha256], done.Missing);
        Assert.Equal((1, 1), (done.Bodies, done.Records));
        Assert.True((await Verify("here")).IsSound);

        await _connection.Archive()!.Put($"sha256/{sound.Sha256[..2]}/{sound.Sha256[2..]}", "other"u8.ToArray(), default);
        Assert.Equal([sound.Sha256], (await Verify("here")).Damaged);
        Assert.Empty(Directory.GetFiles(_folder["scratch"]));
    }

    [Fact]
    public async Task A_folder_with_a_bound_keeps_under_it_and_reads_everything()
    {
        const int Bodies = 40;
        var archive = Bounded("here", 1000);
        var records = new List<FileRecord>();
        for (var i = 0; i < Bodies; i++)
        {
            records.Add(await Add(archive, Body(i)));
            Assert.InRange(LocalBytes("here"), 100, 1000);
        }

        Assert.True(archive.Verify().IsSound);
        Assert.InRange(LocalBytes("here"), 100, 1000);
        Assert.Equal(Bodies, archive.Verify().Blobs);
        await Parallel.ForAsync(0, Bodies, async (i, cancel) =>
        {
            using var reader = new StreamReader(archive.OpenRead(records[i].Sha256));
            Assert.Equal(Body(i), await reader.ReadToEndAsync(cancel));
        });
        Assert.Equal(Bodies, Bounded("here", 1000).Records().Count);
    }

    [Fact]
    public async Task What_the_bucket_lacks_stays_in_the_folder_whatever_its_bound()
    {
        var old = new List<FileRecord>();
        for (var i = 0; i < 10; i++)
        {
            old.Add(await Add(Before("here"), Body(i)));
        }

        var archive = Bounded("here", 500);
        for (var i = 10; i < 30; i++)
        {
            await Add(archive, Body(i));
        }

        Assert.InRange(LocalBytes("here"), 1000, 1500);
        Assert.All(old, r => Assert.True(File.Exists(Path.Combine(_folder["here"], "sha256", r.Sha256[..2], r.Sha256[2..]))));
        await Push("here");
        await Add(archive, Body(30));
        await Add(archive, Body(31));
        Assert.InRange(LocalBytes("here"), 100, 500);
        Assert.True(Archive("elsewhere").Verify().IsSound);
    }

    private RawArchive Bounded(string folder, long bytes) =>
        new(_folder[folder], new Still(Instant.FromUtc(2025, 7, 1, 12, 0)), 1 << 20, _connection.Archive(), bytes);

    private static string Body(int i) => $"body {i}".PadRight(100, '.');

    private long LocalBytes(string folder) => new DirectoryInfo(Path.Combine(_folder[folder], "sha256"))
        .EnumerateFiles("*", SearchOption.AllDirectories).Sum(static f => f.Length);

    private RawArchive Before(string folder) => new(_folder[folder], new Still(Instant.FromUtc(2025, 7, 1, 0, 0)), 1 << 20);

    private ArchiveCopy Copy(string folder) => new(_folder[folder], _connection.Archive()!);

    private Task<ArchivePushed> Push(string folder) => Copy(folder).Push(static _ => { }, default);

    private Task<ArchiveCheck> Verify(string folder) => Copy(folder).Verify(_folder["scratch"], static _ => { }, default);

    private RawArchive Archive(string folder) =>
        new(_folder[folder], new Still(Instant.FromUtc(2025, 7, 1, 12, 0)), 1 << 20, _connection.Archive());

    private static Task<FileRecord> Add(RawArchive archive, string body) =>
        archive.AddAsync(Fetch, new MemoryStream(Encoding.UTF8.GetBytes(body)), [], default);

    private sealed class Still(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
